/** The union of all tissues' genes, rank by rank. */

import type { TissueRanks } from "./ranks.ts";

/** A gene with the tissue in which it ranks best. */
export interface ListedGene {
  /** Gene column. */
  readonly gene: number;
  readonly tissue: string;
  /** Rank in that tissue, from 1. */
  readonly rank: number;
  readonly median_shap: number;
}

/** All genes in the order in which they join the union. */
export interface RankUnion {
  /** By best rank, then by the tissues' order. */
  readonly genes: readonly ListedGene[];
  /** Unique genes down to rank 1, 2 and so on to the last. */
  readonly uniqueGenes: readonly number[];
  /** Unique genes / genes listed, down to each rank. */
  readonly uniqueShares: readonly number[];
}

/**
 * Lists all tissues' genes rank by rank. A gene that several tissues have at
 * one rank goes to the tissue of the largest median score. Rankings may differ
 * in length; one that has ended adds nothing more.
 */
export function mergeRankings(tissues: readonly TissueRanks[]): RankUnion {
  const last = Math.max(0, ...tissues.map(({ order }) => order.length));
  const seen = new Set<number>();
  const genes: ListedGene[] = [];
  const uniqueGenes: number[] = [];
  const uniqueShares: number[] = [];
  let listed = 0;
  for (let rank = 1; rank <= last; rank++) {
    const atThisRank = new Map<number, ListedGene>();
    for (const { tissue, order, medians } of tissues) {
      if (rank > order.length) continue;
      listed++;
      const gene = order[rank - 1];
      if (seen.has(gene)) continue;
      const median = medians[gene];
      const other = atThisRank.get(gene);
      if (other === undefined || median > other.median_shap) {
        atThisRank.set(gene, { gene, tissue, rank, median_shap: median });
      }
    }
    for (const gene of atThisRank.keys()) seen.add(gene);
    genes.push(...atThisRank.values());
    uniqueGenes.push(seen.size);
    uniqueShares.push(seen.size / listed);
  }
  return { genes, uniqueGenes, uniqueShares };
}
