/** Ranks of the genes within each tissue. */

import { byCodeUnit } from "../cli/text.ts";
import { type Candidates, isRankable } from "./candidates.ts";
import { type TissueMedians, tissueMedians } from "./tissue_medians.ts";

/** One tissue's genes from the best to the last. */
export interface TissueRanks extends TissueMedians {
  /** Gene columns that may be ranked, best first. */
  readonly order: Uint32Array;
}

/**
 * Ranks the genes of each tissue by the median of their signed scores over
 * that tissue's samples, largest first, as the study does. Genes of equal
 * median are in the order of their ids by code unit, so that the order of the
 * matrix's columns does not matter.
 *
 * @param ids Each gene's id, by column; the rest as for `tissueMedians`.
 * @param candidates The genes that may be ranked.
 */
export function rankGenes(
  scores: Float32Array,
  tissueOf: readonly (string | null)[],
  tissues: readonly string[],
  ids: readonly string[],
  candidates: Candidates = null,
): TissueRanks[] {
  const byId = columnsById(ids);
  return tissueMedians(scores, tissueOf, tissues).map((own) => {
    const { tissue, medians } = own;
    const rankable = isRankable(candidates, tissue);
    return {
      ...own,
      order: sortByMedian(
        byId.filter((gene) => rankable(gene, medians[gene])),
        medians,
      ),
    };
  });
}

/** All genes of a tissue by their median scores, whatever their direction. */
export function orderByMedian(
  medians: Float64Array,
  ids: readonly string[],
): Uint32Array {
  return sortByMedian(columnsById(ids), medians);
}

function columnsById(ids: readonly string[]): Uint32Array {
  return Uint32Array.from(ids.keys())
    .sort((a, b) => byCodeUnit(ids[a], ids[b]));
}

/** The sort is stable, so that equal medians stay in the order of their ids. */
function sortByMedian(genes: Uint32Array, medians: Float64Array): Uint32Array {
  return genes.sort((a, b) => medians[b] - medians[a]);
}
