/**
 * How many genes of the set are there by chance, estimated by decoys: genes
 * that cannot tell the tissues apart because their values were shuffled.
 * The idea of target-decoy searches in proteomics (Elias and Gygi 2007,
 * doi:10.1038/nmeth1019).
 */

import type { DecoyRank } from "./decoy_ranks.ts";
import type { RankUnion } from "./rank_union.ts";

/** The estimates for a set with its cutoff at each rank, from rank 1 on. */
export interface DecoyRates {
  /** Number of decoys. */
  readonly decoys: number;
  /** Decoys that would be selected: at this rank or above in some tissue. */
  readonly selected: readonly number[];
  /** selected / decoys. */
  readonly rates: readonly number[];
  /** Real genes expected to be selected by chance. */
  readonly falseGenes: readonly number[];
  /** falseGenes / genes in the set; at most 1. */
  readonly falseDiscoveryRates: readonly number[];
  /** The same with one decoy more than was selected. */
  readonly conservativeFdr: readonly number[];
}

/**
 * The false discovery rate at every rank. As many real genes are taken to be
 * selected by chance as if every one of them were no better than a decoy
 * (Storey's pi0 = 1, doi:10.1111/1467-9868.00346), which is conservative.
 * `conservativeFdr` counts one more decoy, as "knockoff+" does (Barber and
 * Candes 2015, doi:10.1214/15-AOS1337): that none of a few decoys is selected
 * is no proof that no gene is there by chance. A cutoff chosen by the rates
 * should be chosen by these.
 *
 * @param union The real genes by rank.
 * @param decoys Every decoy's best rank.
 */
export function estimateDecoyRates(
  union: RankUnion,
  decoys: readonly DecoyRank[],
): DecoyRates {
  const { uniqueGenes } = union;
  const realGenes = uniqueGenes.length;
  const decoysAtRank = new Uint32Array(realGenes + 2);
  for (const { rank } of decoys) decoysAtRank[rank]++;
  let sum = 0;
  const selected = uniqueGenes.map((_, index) =>
    sum += decoysAtRank[index + 1]
  );
  const rates = selected.map((count) => count / decoys.length);
  const falseGenes = rates.map((rate) => rate * realGenes);
  return {
    decoys: decoys.length,
    selected,
    rates,
    falseGenes,
    falseDiscoveryRates: falseGenes.map((count, index) =>
      Math.min(1, count / uniqueGenes[index])
    ),
    conservativeFdr: selected.map((count, index) =>
      conservativeRate(count, decoys.length, realGenes, uniqueGenes[index])
    ),
  };
}

/**
 * The false discovery rate with one decoy more than was selected, at most 1.
 *
 * @param selected Decoys in the set.
 * @param decoys Decoys in all.
 * @param realGenes Real genes in all.
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

/** The lowest of some rates, and the last rank that has it. */
export function lowestRate(
  rates: readonly number[],
): { rate: number; rank: number } {
  let rank = 1;
  rates.forEach((rate, index) => {
    if (rate <= rates[rank - 1]) rank = index + 1;
  });
  return { rate: rates[rank - 1], rank };
}
