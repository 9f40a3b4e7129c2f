/** The section on how this run departs from the original study, and why. */

import type { Findings } from "../findings.ts";
import { escapeText, paragraphs, table } from "../markdown.ts";
import type { RunFiles } from "../run_files.ts";
import { choices } from "./deviations/choices.ts";
import { corrections } from "./deviations/corrections.ts";
import { safeguards } from "./deviations/safeguards.ts";

/**
 * Writes the section on the deviations.
 */
export function deviationsSection(run: RunFiles, found: Findings): string {
  const rows = [
    ...corrections(run, found),
    ...safeguards(run, found),
    ...choices(run, found),
  ];
  return paragraphs(
    "## Deviations from the original study",
    "The study is the one on tissue-specific maize genes by CNN and SHAP that " +
      "this suite re-implements; what it did was read in its public notebooks.",
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
