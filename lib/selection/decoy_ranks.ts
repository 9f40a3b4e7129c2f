/** Where decoy genes would rank among the real ones. */

import { type Candidates, isRankable } from "./candidates.ts";
import type { TissueRanks } from "./ranks.ts";

/** Decoys in one tissue. */
export interface TissueDecoys {
  readonly tissue: string;
  /**
   * By decoy, 1 + the ranked genes of a greater median score; null where no
   * gene of its values would be ranked.
   */
  readonly ranks: readonly (number | null)[];
}

/** A decoy's best rank; null if no tissue's ranking would hold it. */
export interface DecoyRank {
  readonly decoy: number;
  /** The tissue of its best rank; the one of the larger median among equals. */
  readonly tissue: string | null;
  /** 1 + the ranked genes of a greater median score in that tissue. */
  readonly rank: number | null;
  readonly median_shap: number | null;
}

/**
 * The rank of each decoy in each tissue. Decoys do not move the real
 * genes: each is compared with them alone. A decoy of the same median as a
 * real gene ranks in front of it, which makes the rate conservative. The
 * decoy of a silent gene is silent, too, as many real genes are; both have
 * scores of 0 and rank where the silent genes rank.
 *
 * @param medians The decoys' median scores in each of those tissues.
 * @param candidates The decoys that may be ranked, as for genes.
 */
export function rankDecoysByTissue(
  ranked: readonly TissueRanks[],
  medians: readonly ArrayLike<number>[],
  candidates: Candidates = null,
): TissueDecoys[] {
  return ranked.map(({ tissue, order, medians: own }, index) => {
    const rankable = isRankable(candidates, tissue);
    const descending = Float64Array.from(order, (gene) => own[gene]);
    return {
      tissue,
      ranks: Array.from(
        medians[index],
        (median, decoy) =>
          rankable(decoy, median) ? 1 + countGreater(descending, median) : null,
      ),
    };
  });
}

/**
 * The best rank of each decoy over the tissues.
 *
 * @param medians The decoys' median scores in each of those tissues.
 */
export function bestDecoyRanks(
  byTissue: readonly TissueDecoys[],
  medians: readonly ArrayLike<number>[],
): DecoyRank[] {
  return Array.from(medians[0] ?? [], (_, decoy) => {
    let best: DecoyRank = {
      decoy,
      tissue: null,
      rank: null,
      median_shap: null,
    };
    byTissue.forEach(({ tissue, ranks }, index) => {
      const median = medians[index][decoy];
      const rank = ranks[decoy];
      if (rank === null) return;
      if (
        best.rank === null || rank < best.rank ||
        (rank === best.rank && median > best.median_shap!)
      ) best = { decoy, tissue, rank, median_shap: median };
    });
    return best;
  });
}

/** How many of the descending values are greater than the limit. */
function countGreater(descending: Float64Array, limit: number): number {
  let low = 0;
  let high = descending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (descending[middle] > limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
