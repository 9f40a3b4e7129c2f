/** The section on how to cite. */

import { paragraphs } from "../markdown.ts";
import type { RunFiles } from "../run_files.ts";

/**
 * Writes the section on citing.
 */
export function citingSection(
  run: Pick<RunFiles, "records"> & Partial<RunFiles>,
): string {
  const versions = new Set(run.records.map(({ version }) => version));
  const version = [...versions].map((number) => `version ${number}`);
  return paragraphs(
    "## How to cite",
    `Cite this suite${
      version.length === 0 ? "" : ` (${version.join(", ")})`
    } as \`CITATION.cff\` in its folder says, and the works behind the ` +
      `method:`,
    [
      "- expected gradients: Erion et al., Nature Machine Intelligence 3 " +
      "(2021); SHAP: Lundberg and Lee, NeurIPS 2017",
      "- the use of both on GTEx expression data: Yap et al., Scientific " +
      "Reports 11 (2021)",
      "- UMAP: McInnes, Healy and Melville, arXiv 1802.03426 (2018)",
      "- V-measure: Rosenberg and Hirschberg, EMNLP-CoNLL 2007",
      "- the empirical p-value with one added above and below the line: " +
      "Phipson and Smyth, Statistical Applications in Genetics and Molecular " +
      "Biology 9 (2010)",
      ...(run.folds
        ? [
          "- cross-fitting: Chernozhukov et al., The Econometrics Journal 21 " +
          "(2018)",
        ]
        : []),
      ...(run.decoyCount
        ? [
          "- decoys: Elias and Gygi, Nature Methods 4 (2007); one decoy more " +
          "than entered: Barber and Candès, The Annals of Statistics 43 (2015)",
        ]
        : []),
      ...(run.checks
        ? [
          "- checks of the explanation: Adebayo et al., NeurIPS 2018",
        ]
        : []),
    ].join("\n"),
  );
}
