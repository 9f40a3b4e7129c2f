/** The study's cut: where the tissues' lists begin to repeat each other. */

import type { TissueRanks } from "./ranks.ts";

/** A gene of the set, with the tissue in which it ranks best. */
export interface ChosenGene {
  /** Gene column. */
  readonly gene: number;
  readonly tissue: string;
  /** Rank in that tissue, from 1. */
  readonly rank: number;
  readonly medianScore: number;
}

/** The gene set and how it came about. */
export interface GeneCut {
  /** Ranks that went into the set; the walk stopped at the next one. */
  readonly ranks: number;
  /** By rank, then by the tissues' order. */
  readonly chosen: ChosenGene[];
  /** Unique genes / genes listed, at rank 1, 2 and so on to the last gene. */
  readonly uniqueShares: number[];
}

/**
 * Walks down the ranks of all tissues side by side and stops at the first
 * rank where unique genes / genes listed is at most `threshold`; the set is
 * the union of all ranks above it. The first rank always goes in, so that
 * there is a set even where two tissues share their best gene.
 *
 * @param tissues Every tissue's ranks.
 * @param threshold 0.5 in the study. With a single tissue no gene is ever
 * listed twice, and every gene is chosen.
 *
 * @example
 * ```ts
 * import { cutGenes } from "./gene_cut.ts";
 * const medians = Float64Array.of(3, 2, 1);
 * const order = Uint32Array.of(0, 1, 2);
 * const both = ["root", "leaf"].map((tissue) => ({
 *   tissue,
 *   samples: 1,
 *   order,
 *   medians,
 * }));
 * // Both tissues list the same genes: half of the genes listed are unique.
 * console.assert(cutGenes(both, 0.5).chosen.length === 1);
 * ```
 */
export function cutGenes(
  tissues: readonly TissueRanks[],
  threshold: number,
): GeneCut {
  const genes = tissues[0]?.order.length ?? 0;
  const seen = new Set<number>();
  const chosen: ChosenGene[] = [];
  const uniqueShares: number[] = [];
  let ranks: number | null = null;
  for (let place = 0; place < genes; place++) {
    const atThisRank = new Map<number, ChosenGene>();
    for (const { tissue, order, medians } of tissues) {
      const gene = order[place];
      if (seen.has(gene)) continue;
      const medianScore = medians[gene];
      const other = atThisRank.get(gene);
      if (other === undefined || medianScore > other.medianScore) {
        atThisRank.set(gene, { gene, tissue, rank: place + 1, medianScore });
      }
    }
    for (const gene of atThisRank.keys()) seen.add(gene);
    const share = seen.size / ((place + 1) * tissues.length);
    uniqueShares.push(share);
    if (ranks === null && place > 0 && share <= threshold) ranks = place;
    if (ranks === null) chosen.push(...atThisRank.values());
  }
  return { ranks: ranks ?? genes, chosen, uniqueShares };
}
