/** The section on citing. */

import { paragraphs } from "../markdown.ts";
import type { RunReport } from "../run_report.ts";

/** What to cite for any run. */
const ALWAYS = [
  "the maize study that this suite rebuilds: Frontiers in Genetics 14 (2023), " +
  "doi:10.3389/fgene.2023.1190887",
  "CNN and SHAP on GTEx expression data: Yap et al., Scientific Reports 11 " +
  "(2021), doi:10.1038/s41598-021-81773-9",
];

/** The suite, and the works behind what this run did. */
export function citingSection(run: RunReport): string {
  const versions = new Set(run.facts.records.map(({ version }) => version));
  const works = run.sections().flatMap(({ section, found }) =>
    found && section.citations?.(found) || []
  );
  return paragraphs(
    "## How to cite",
    `Cite this suite (${
      [...versions].map((version) => `version ${version}`).join(", ")
    }) as \`CITATION.cff\` in its folder says, and the works behind the method:`,
    [...new Set([...ALWAYS, ...works])].map((work) => `- ${work}`).join("\n"),
  );
}
