/**
 * How many genes of the set are there by chance, estimated by decoys: genes
 * that cannot tell the tissues apart because their values were shuffled.
 * The idea of target-decoy searches in proteomics (Elias and Gygi 2007,
 * doi:10.1038/nmeth1019).
 */

import type { DecoyRank } from "./decoy_ranks.ts";
import type { RankUnion } from "./rank_union.ts";

/** The estimates for a set with its cutoff at some rank. */
export interface DecoyRate {
  /** Decoys that would be selected: at this rank or above in some tissue. */
  readonly selected: number;
  /** selected / all decoys. */
  readonly rate: number;
  /** Real genes expected to be selected by chance. */
  readonly false_genes: number;
  /** false_genes / genes in the set; at most 1. */
  readonly false_discovery_rate: number;
  /** The same with one decoy more than was selected. */
  readonly conservative_false_discovery_rate: number;
}

/**
 * The false discovery rate at every rank. As many real genes are taken to be
 * selected by chance as if every one of them were no better than a decoy
 * (Storey's pi0 = 1, doi:10.1111/1467-9868.00346), which is conservative.
 * The conservative rate counts one more decoy, as "knockoff+" does (Barber and
 * Candes 2015, doi:10.1214/15-AOS1337): that none of a few decoys is selected
 * is no proof that no gene is there by chance. A cutoff chosen by the rates
 * should be chosen by these.
 *
 * @param decoys Every decoy's best rank.
 * @param realGenes Genes in the matrix.
 * @returns From rank 1 on.
 */
export function estimateDecoyRates(
  { uniqueGenes }: RankUnion,
  decoys: readonly DecoyRank[],
  realGenes: number,
): DecoyRate[] {
  const decoysAtRank = new Uint32Array(uniqueGenes.length + 2);
  for (const { rank } of decoys) {
    if (rank !== null) decoysAtRank[rank]++;
  }
  let selected = 0;
  return uniqueGenes.map((genes, index) => {
    selected += decoysAtRank[index + 1];
    const rate = selected / decoys.length;
    const falseGenes = rate * realGenes;
    return {
      selected,
      rate,
      false_genes: falseGenes,
      false_discovery_rate: Math.min(1, falseGenes / genes),
      conservative_false_discovery_rate: conservativeRate(
        selected,
        decoys.length,
        realGenes,
        genes,
      ),
    };
  });
}

/**
 * The false discovery rate with one decoy more than was selected, at most 1.
 *
 * @param genes Real genes in the set.
 */
export function conservativeRate(
  selected: number,
  decoys: number,
  realGenes: number,
  genes: number,
): number {
  return Math.min(1, (selected + 1) / decoys * realGenes / genes);
}

/** The lowest conservative rate, and the last rank that has it. */
export function lowestRate(
  rates: readonly DecoyRate[],
): { rate: number; rank: number } {
  const all = rates.map((rate) => rate.conservative_false_discovery_rate);
  const rate = all.reduce((low, one) => Math.min(low, one));
  return { rate, rank: all.lastIndexOf(rate) + 1 };
}
