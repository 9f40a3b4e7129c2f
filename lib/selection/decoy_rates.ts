/**
 * How many genes of the set are there by chance, estimated by decoys: genes
 * that cannot tell the tissues apart because their values were shuffled.
 * The idea of target-decoy searches in proteomics (Elias and Gygi 2007,
 * doi:10.1038/nmeth1019).
 */

import type { DecoyRank } from "./decoy_ranks.ts";
import type { RankUnion } from "./rank_union.ts";

/** The estimates for a set that is cut at each rank, from rank 1 on. */
export interface DecoyRates {
  /** Decoys there are. */
  readonly decoys: number;
  /** Decoys that stand at this rank or before it in some tissue. */
  readonly entered: readonly number[];
  /** Of all decoys. */
  readonly rates: readonly number[];
  /** Real genes expected to enter by chance. */
  readonly falseGenes: readonly number[];
  /** Of the genes in the set; at most 1. */
  readonly falseDiscoveryRates: readonly number[];
  /** The same with one decoy more than entered. */
  readonly conservativeFdr: readonly number[];
}

/**
 * The false discovery rate at every rank. As many real genes are taken to
 * enter by chance as if every one of them were no better than a decoy
 * (Storey's pi0 = 1, doi:10.1111/1467-9868.00346), which errs on the safe
 * side. `conservativeFdr` count one more decoy, as "knockoff+" does (Barber and
 * Candes 2015, doi:10.1214/15-AOS1337): no entry among few decoys is no proof
 * of none. A cut chosen by the rates should be chosen by these.
 *
 * @param walk The real genes by rank.
 * @param decoys Every decoy's best rank.
 */
export function estimateDecoyRates(
  walk: RankUnion,
  decoys: readonly DecoyRank[],
): DecoyRates {
  const { uniqueGenes } = walk;
  const realGenes = uniqueGenes.length;
  const at = new Uint32Array(realGenes + 2);
  for (const { rank } of decoys) at[rank]++;
  let sum = 0;
  const entered = uniqueGenes.map((_, place) => sum += at[place + 1]);
  const rates = entered.map((count) => count / decoys.length);
  const falseGenes = rates.map((rate) => rate * realGenes);
  return {
    decoys: decoys.length,
    entered,
    rates,
    falseGenes,
    falseDiscoveryRates: falseGenes.map((count, place) =>
      Math.min(1, count / uniqueGenes[place])
    ),
    conservativeFdr: entered.map((count, place) =>
      Math.min(
        1,
        (count + 1) / decoys.length * realGenes / uniqueGenes[place],
      )
    ),
  };
}

/** The lowest of some rates, and the last rank that has it. */
export function lowestRate(
  rates: readonly number[],
): { rate: number; rank: number } {
  let rank = 1;
  rates.forEach((rate, place) => {
    if (rate <= rates[rank - 1]) rank = place + 1;
  });
  return { rate: rates[rank - 1], rank };
}
