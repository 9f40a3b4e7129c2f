/** The part on the robustness of the gene set. */

import { paragraphs } from "../../report/markdown.ts";
import { decoysPart } from "../../selection/section/decoys.ts";
import { networksPart } from "../../selection/section/networks.ts";
import { plantedPart } from "../../selection/section/planted.ts";
import { drawsPart } from "./draws.ts";
import type { ShapFindings } from "./findings.ts";

/** Its heading, by which others link to it. */
export const ROBUSTNESS = "Robustness of the gene set";

/** Each part asks what else could have made the gene set. */
export function robustnessPart(found: ShapFindings): string {
  return paragraphs(
    `## ${ROBUSTNESS}`,
    "A gene can be in the set because it has a part in a tissue, or for " +
      "another reason: by chance, by the random draws of the explanation, or " +
      "by the random numbers of the training. Each part below looks at one of " +
      "these. The sanity checks and the test against random gene sets, in " +
      "sections of their own, ask whether the scores depend on what the " +
      "network learned, and whether expression levels alone explain the result.",
    decoysPart(found),
    drawsPart(found),
    networksPart(found),
    plantedPart(found),
  );
}
