/**
 * The noise rate of a ranking: how often a column with a gene's values in
 * random order ranks as high as a gene, measured by decoys. It says how noisy
 * the scores are, and not how many genes are specific: nearly every gene
 * differs between some tissues. The idea of target-decoy searches in
 * proteomics (Elias and Gygi 2007, doi:10.1038/nmeth1019).
 */

import { clopperPearson } from "../statistics/binomial.ts";
import type { DecoyRank } from "./decoy_ranks.ts";
import type { RankUnion } from "./rank_union.ts";

/** The rate of a list that ends at some rank. */
export interface NoiseRate {
  /** Decoys that would be listed. */
  readonly selected: number;
  /** selected / all decoys. */
  readonly rate: number;
  /** See {@linkcode noiseRate}. */
  readonly noise_rate: number;
}

/** A rate with its 95 % interval. */
export interface NoiseInterval {
  readonly noise_rate: number;
  readonly noise_rate_low: number;
  readonly noise_rate_high: number;
}

/**
 * (selected + 1) / (decoys + 1) * genes / listed, at most 1: how often a decoy
 * is listed for each time that a gene is. One decoy more is counted on both
 * sides, as in a conformal p-value (Bates et al. 2023, doi:10.1214/22-AOS2244):
 * that none of a few decoys is listed is no proof that the rate is 0.
 *
 * @param genes Genes in the matrix.
 * @param listed Different genes in the list; 0 gives 1.
 */
export function noiseRate(
  selected: number,
  decoys: number,
  genes: number,
  listed: number,
): number {
  return Math.min(1, (selected + 1) / (decoys + 1) * genes / listed);
}

/**
 * The same with the interval of Clopper and Pearson for the share of decoys
 * that are listed, for which decoys are taken to be independent.
 */
export function noiseInterval(
  selected: number,
  decoys: number,
  genes: number,
  listed: number,
): NoiseInterval {
  const { low, high } = clopperPearson(selected, decoys);
  const asRate = (share: number) =>
    share === 0 ? 0 : Math.min(1, share * genes / listed);
  return {
    noise_rate: noiseRate(selected, decoys, genes, listed),
    noise_rate_low: asRate(low),
    noise_rate_high: asRate(high),
  };
}

/**
 * The rate of the set at every rank.
 *
 * @param decoys Every decoy's best rank.
 * @param genes Genes in the matrix.
 * @returns From rank 1 on.
 */
export function noiseRates(
  { uniqueGenes }: RankUnion,
  decoys: readonly DecoyRank[],
  genes: number,
): NoiseRate[] {
  const decoysAtRank = new Uint32Array(uniqueGenes.length + 2);
  for (const { rank } of decoys) {
    if (rank !== null) decoysAtRank[rank]++;
  }
  let selected = 0;
  return uniqueGenes.map((listed, index) => {
    selected += decoysAtRank[index + 1];
    return {
      selected,
      rate: selected / decoys.length,
      noise_rate: noiseRate(selected, decoys.length, genes, listed),
    };
  });
}

/** The lowest rate of all ranks, and the last rank that has it. */
export function lowestRate(
  rates: readonly NoiseRate[],
): { rate: number; rank: number } {
  const all = rates.map(({ noise_rate }) => noise_rate);
  const rate = all.reduce((low, one) => Math.min(low, one));
  return { rate, rank: all.lastIndexOf(rate) + 1 };
}
