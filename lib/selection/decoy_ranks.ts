/** Where decoy genes would rank among the real ones. */

import type { TissueRanks } from "./ranks.ts";

/** A decoy's best rank. */
export interface DecoyRank {
  readonly decoy: number;
  /** The tissue of its best rank; the one of the larger median among equals. */
  readonly tissue: string;
  /** 1 + the real genes of a greater median score in that tissue. */
  readonly rank: number;
  readonly median_shap: number;
}

/**
 * The best rank of each decoy over the tissues. Decoys do not move the real
 * genes: each is compared with them alone. A decoy of the same median as a
 * real gene ranks in front of it, which makes the estimate conservative. The
 * decoy of a silent gene is silent, too, as many real genes are; both have
 * scores of 0 and rank where the silent genes rank.
 *
 * @param medians The decoys' median scores in each of those tissues.
 */
export function rankDecoys(
  ranked: readonly TissueRanks[],
  medians: readonly ArrayLike<number>[],
): DecoyRank[] {
  const descending = ranked.map((tissue) =>
    Float64Array.from(tissue.order, (gene) => tissue.medians[gene])
  );
  return Array.from(medians[0] ?? [], (_, decoy) => {
    let best: DecoyRank | undefined;
    ranked.forEach(({ tissue }, index) => {
      const median = medians[index][decoy];
      const rank = 1 + countGreater(descending[index], median);
      if (
        best === undefined || rank < best.rank ||
        (rank === best.rank && median > best.median_shap)
      ) best = { decoy, tissue, rank, median_shap: median };
    });
    return best!;
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
