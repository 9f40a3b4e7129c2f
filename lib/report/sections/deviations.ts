/** The section on how this run departs from the original study, and why. */

import { escapeText, paragraphs, table } from "../markdown.ts";
import type { RunReport } from "../run_report.ts";
import { choices } from "./deviations/choices.ts";
import { corrections } from "./deviations/corrections.ts";
import { safeguards } from "./deviations/safeguards.ts";

export function deviationsSection(run: RunReport): string {
  const rows = [...corrections(run), ...safeguards(run), ...choices(run)];
  return paragraphs(
    "## Deviations from the original study",
    "The study is the one on tissue-specific genes of maize by CNN and SHAP " +
      "(Frontiers in Genetics 2023, doi:10.3389/fgene.2023.1190887). What it " +
      "did was read in its public notebooks.",
    table(
      [
        { title: "#", align: "right" },
        { title: "the study did" },
        { title: "here" },
        { title: "why" },
      ],
      rows.map(({ study, here, why }, index) => [
        String(index + 1),
        escapeText(study),
        escapeText(here),
        escapeText(why),
      ]),
    ),
  );
}
