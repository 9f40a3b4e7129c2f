/** The section on how far to believe the gene set. */

import type { Findings } from "../findings.ts";
import { paragraphs } from "../markdown.ts";
import type { RunFiles } from "../run_files.ts";
import { decoysPart } from "./belief/decoys.ts";
import { drawsPart } from "./belief/draws.ts";
import { modelPart } from "./belief/model.ts";
import { networksPart } from "./belief/networks.ts";
import { nullsPart } from "./belief/nulls.ts";
import { plantedPart } from "./belief/planted.ts";
import { missingSection, warningsOf } from "./parts.ts";

/**
 * Writes the section: each part asks what else could have made the gene set.
 */
export function beliefSection(
  run: RunFiles,
  found: Findings,
): string {
  const title = "How far to believe the set";
  const set = found.gene_set;
  if (!run.shap || !set) return missingSection(title, "shap", run.folder);
  return paragraphs(
    `## ${title}`,
    "A gene can enter the set because it has a part in a tissue, or for " +
      "another reason: by chance, by the random draws of the explanation, by the " +
      "random numbers of the training, by the data whatever the network " +
      "learnt, or by how strongly it is expressed. Each part below looks at " +
      "one of these.",
    decoysPart(set),
    drawsPart(set),
    networksPart(run, set),
    modelPart(run, found.checks),
    nullsPart(run, found.ttest),
    run.truth ? plantedPart(run.truth, run.shap, set) : "",
    warningsOf(run, ["checks"]),
  );
}
