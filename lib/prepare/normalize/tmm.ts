/** Normalization factors by the trimmed mean of M-values (TMM). */

import { median } from "../../statistics/describe.ts";

/** Share of the genes that is left out at either end of the log ratios. */
const RATIO_TRIM = 0.3;
/** The same for their mean expression. */
const EXPRESSION_TRIM = 0.05;
/** The quantile by which the reference sample is chosen. */
const QUANTILE = 0.75;
/** Genes with a lower mean log expression are left out: none in practice. */
const LOWEST_EXPRESSION = -1e10;
/** Samples whose largest log ratio is lower count as equal. */
const EQUAL = 1e-6;
/** A median of upper quartiles below this means that most of them are zero. */
const NO_QUARTILE = 1e-20;

/** A matrix of counts with its library sizes. */
export interface CountMatrix {
  /** samples x genes counts, row after row. */
  readonly values: Float32Array;
  readonly genes: number;
  /** Each sample's sum of counts, above 0. */
  readonly librarySizes: Float64Array;
  /** The rows in the order of the samples' ids: sums and ties follow it. */
  readonly order: readonly number[];
}

/**
 * Each sample's normalization factor: the weighted mean log2 ratio of its genes
 * to a reference sample's, without the 30 % largest and smallest ratios and the
 * 5 % largest and smallest mean values. The factors' product is 1; library
 * size x factor is the effective library size. As `calcNormFactors(method =
 * "TMM")` of edgeR does by default (Robinson and Oshlack 2010,
 * doi:10.1186/gb-2010-11-3-r25).
 *
 * The reference is the sample whose upper quartile, divided by its library
 * size, is nearest to the samples' mean. If most upper quartiles are 0, it is
 * the sample with the largest sum of square roots. Of equal ones it is the
 * first by sample id (in edgeR the first in the file).
 *
 * @returns A factor per sample, and the reference's row.
 */
export function tmmFactors(
  counts: CountMatrix,
): { factors: Float64Array<ArrayBuffer>; reference: number } {
  const { order, librarySizes } = counts;
  const samples = librarySizes.length;
  const factors = new Float64Array(samples).fill(1);
  const reference = chooseReference(counts);
  if (samples < 2) return { factors, reference };
  const compare = comparerWith(counts, reference);
  for (const row of order) factors[row] = compare(row);
  let sum = 0;
  for (const row of order) sum += Math.log(factors[row]);
  const mean = Math.exp(sum / samples);
  for (const row of order) factors[row] /= mean;
  return { factors, reference };
}

/** The reference sample's row. */
function chooseReference(counts: CountMatrix): number {
  const { values, genes, librarySizes, order } = counts;
  const silent = countSilent(values, genes);
  const quartiles = librarySizes.map((size, row) => {
    const sorted = values.slice(row * genes, (row + 1) * genes).sort();
    // Genes that are 0 everywhere take no part; they come first here.
    return quantile(sorted.subarray(silent), QUANTILE) / size;
  });
  if (median(quartiles) < NO_QUARTILE) {
    return smallest(order, (row) => {
      let sum = 0;
      for (let at = row * genes; at < (row + 1) * genes; at++) {
        sum += Math.sqrt(values[at]);
      }
      return -sum;
    });
  }
  let sum = 0;
  for (const row of order) sum += quartiles[row];
  const mean = sum / quartiles.length;
  return smallest(order, (row) => Math.abs(quartiles[row] - mean));
}

/** The first row of those with the smallest score. */
function smallest(
  rows: readonly number[],
  scoreOf: (row: number) => number,
): number {
  let best = rows[0];
  let least = Infinity;
  for (const row of rows) {
    const score = scoreOf(row);
    if (score < least) [best, least] = [row, score];
  }
  return best;
}

/** How many genes are 0 in all samples. */
function countSilent(values: Float32Array, genes: number): number {
  const isExpressed = new Uint8Array(genes);
  for (let start = 0; start < values.length; start += genes) {
    for (let gene = 0; gene < genes; gene++) {
      if (values[start + gene] > 0) isExpressed[gene] = 1;
    }
  }
  return isExpressed.filter((expressed) => expressed === 0).length;
}

/** A quantile of sorted numbers, interpolated (type 7 of R); 0 of none. */
function quantile(sorted: Float32Array, share: number): number {
  if (sorted.length === 0) return 0;
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at);
  const part = at - low;
  const value = sorted[low];
  return part === 0 ? value : (1 - part) * value + part * sorted[low + 1];
}

/** Gives the function that computes the factor of a sample, not yet scaled. */
function comparerWith(
  { values, genes, librarySizes }: CountMatrix,
  reference: number,
): (row: number) => number {
  const size = librarySizes[reference];
  const share = Float64Array.from(
    values.subarray(reference * genes, (reference + 1) * genes),
    (count) => count / size,
  );
  const log = share.map(Math.log2);
  const variance = Float64Array.from(
    values.subarray(reference * genes, (reference + 1) * genes),
    (count) => (size - count) / size / count,
  );
  const ratios = new Float64Array(genes);
  const means = new Float64Array(genes);
  const variances = new Float64Array(genes);
  return (row) => {
    const own = librarySizes[row];
    let count = 0;
    let largest = 0;
    for (let gene = 0; gene < genes; gene++) {
      const value = values[row * genes + gene];
      if (value === 0 || share[gene] === 0) continue;
      const ratio = Math.log2(value / own / share[gene]);
      const mean = (Math.log2(value / own) + log[gene]) / 2;
      if (!Number.isFinite(ratio) || !(mean > LOWEST_EXPRESSION)) continue;
      ratios[count] = ratio;
      means[count] = mean;
      variances[count] = (own - value) / own / value + variance[gene];
      largest = Math.max(largest, Math.abs(ratio));
      count++;
    }
    if (largest < EQUAL) return 1;
    const byRatio = trimmed(ratios.subarray(0, count), RATIO_TRIM);
    const byMean = trimmed(means.subarray(0, count), EXPRESSION_TRIM);
    let weighted = 0;
    let weights = 0;
    for (let index = 0; index < count; index++) {
      if (!byRatio(ratios[index]) || !byMean(means[index])) continue;
      // A gene that is all of both libraries has no variance.
      if (!(variances[index] > 0)) continue;
      weighted += ratios[index] / variances[index];
      weights += 1 / variances[index];
    }
    return weights > 0 ? 2 ** (weighted / weights) : 1;
  };
}

/**
 * Whether a number stays if a share of them is left out at either end, by
 * ranks; equal numbers have their mean rank.
 */
function trimmed(
  numbers: Float64Array,
  share: number,
): (value: number) => boolean {
  const sorted = numbers.toSorted();
  const count = sorted.length;
  const first = Math.floor(count * share) + 1;
  const last = count + 1 - first;
  /** The first and last rank of the numbers that equal the one of a rank. */
  const ties = (rank: number) => {
    let [from, to] = [rank, rank];
    while (from > 1 && sorted[from - 2] === sorted[rank - 1]) from--;
    while (to < count && sorted[to] === sorted[rank - 1]) to++;
    return { from, to, mean: (from + to) / 2 };
  };
  const low = ties(first);
  const high = ties(last);
  // Past either end, nothing stays.
  const least = low.mean >= first ? sorted[first - 1] : sorted[low.to];
  const most = high.mean <= last ? sorted[last - 1] : sorted[high.from - 2];
  return (value) => value >= least && value <= most;
}
