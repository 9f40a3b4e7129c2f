/** Ranks of the genes within each tissue. */

import {
  type ScoreMatrix,
  type TissueMedians,
  tissueMedians,
} from "./tissue_medians.ts";

/** One tissue's genes from the best to the last. */
export interface TissueRanks extends TissueMedians {
  /** Gene columns, best first. */
  readonly order: Uint32Array;
}

/**
 * Ranks the genes of each tissue by the median of their signed scores over
 * that tissue's samples, largest first, as the study does. Genes of equal
 * median are in the order of their ids by code unit, so that the order of the
 * matrix's columns does not matter.
 *
 * @param matrix Scores of the explained samples.
 * @param tissueOf Each row's tissue, or null to leave the row out (as a
 * wrongly predicted sample is).
 * @param tissues The tissues in the order of the result. One without any row
 * is left out.
 * @param ids Each gene's id, by column.
 */
export function rankGenes(
  matrix: ScoreMatrix,
  tissueOf: readonly (string | null)[],
  tissues: readonly string[],
  ids: readonly string[],
): TissueRanks[] {
  const byId = Uint32Array.from(ids.keys()).sort((a, b) =>
    ids[a] < ids[b] ? -1 : ids[a] > ids[b] ? 1 : a - b
  );
  return tissueMedians(matrix, tissueOf, tissues).map((tissue) => ({
    ...tissue,
    // The sort is stable.
    order: byId.slice().sort((a, b) => tissue.medians[b] - tissue.medians[a]),
  }));
}
