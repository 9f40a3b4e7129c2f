/** Ranks of the genes within each tissue. */

import { byCodeUnit } from "../cli/text.ts";
import { type TissueMedians, tissueMedians } from "./tissue_medians.ts";

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
 * @param ids Each gene's id, by column; the rest as for `tissueMedians`.
 */
export function rankGenes(
  scores: Float32Array,
  tissueOf: readonly (string | null)[],
  tissues: readonly string[],
  ids: readonly string[],
): TissueRanks[] {
  const byId = Uint32Array.from(ids.keys()).sort((a, b) =>
    byCodeUnit(ids[a], ids[b])
  );
  return tissueMedians(scores, tissueOf, tissues).map((tissue) => ({
    ...tissue,
    // The sort is stable.
    order: byId.slice().sort((a, b) => tissue.medians[b] - tissue.medians[a]),
  }));
}
