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
  const { records, pipeline } = run.facts;
  const versions = new Set(records.map(({ version }) => version));
  const works = pipeline.stages.flatMap(({ section }) => {
    const found = section === undefined ? undefined : run.of(section);
    return found === undefined ? [] : section!.citations?.(found) ?? [];
  });
  return paragraphs(
    "## How to cite",
    `Cite this suite (${
      [...versions].map((version) => `version ${version}`).join(", ")
    }) as \`CITATION.cff\` in its folder says, and the works behind the method:`,
    [...ALWAYS, ...works].map((work) => `- ${work}`).join("\n"),
  );
}
