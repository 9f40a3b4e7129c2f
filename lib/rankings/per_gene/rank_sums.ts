/** What the order of a gene's values says of each tissue. */

import type { RankingInput } from "../ranking_method.ts";

/** Sums of ranks and counts by bin, of all genes. */
export interface RankSums {
  /** Samples. */
  readonly count: number;
  /** Samples by tissue, in the order of the input's contrasts. */
  readonly counts: readonly number[];
  /** genes x tissues: the sum of the ranks, from 1, ties shared. */
  readonly sums: Float64Array;
  /** By gene: the sum of t^3 - t over its runs of t equal values. */
  readonly ties: Float64Array;
  /** How many bins. */
  readonly bins: number;
  /** genes x bins x tissues: samples. */
  readonly binned: Uint32Array;
}

const MOST_BINS = 10;

const found = new WeakMap<RankingInput, RankSums>();

/**
 * Ranks the samples by each gene; computed once for each input. The bins hold
 * about as many samples each, about the root of the number of samples, at most
 * 10; equal values are in the same bin.
 */
export function rankSums(input: RankingInput): RankSums {
  const known = found.get(input);
  if (known !== undefined) return known;
  const { dataset: { values, genes, tissues }, rows, contrasts } = input;
  const n = rows.length;
  const classes = rows.map((row) =>
    contrasts.findIndex(({ tissue }) => tissue === tissues[row])
  );
  const counts = contrasts.map((_, t) =>
    classes.filter((each) => each === t).length
  );
  const bins = Math.max(2, Math.min(MOST_BINS, Math.floor(Math.sqrt(n))));
  const sums = new Float64Array(genes.length * counts.length);
  const ties = new Float64Array(genes.length);
  const binned = new Uint32Array(genes.length * bins * counts.length);
  const own = new Float32Array(n);
  const ordered = new Float32Array(n);
  for (let gene = 0; gene < genes.length; gene++) {
    for (let i = 0; i < n; i++) own[i] = values[rows[i] * genes.length + gene];
    ordered.set(own);
    ordered.sort();
    for (let i = 0; i < n; i++) {
      const below = firstAt(ordered, own[i], false);
      const equal = firstAt(ordered, own[i], true) - below;
      const rank = below + (equal + 1) / 2;
      sums[gene * counts.length + classes[i]] += rank;
      // Each of the t equal values adds t^2 - 1.
      ties[gene] += equal ** 2 - 1;
      const bin = Math.min(bins - 1, Math.floor((rank - 0.5) * bins / n));
      binned[(gene * bins + bin) * counts.length + classes[i]]++;
    }
  }
  const result = { count: n, counts, sums, ties, bins, binned };
  found.set(input, result);
  return result;
}

/** How many values are below `value`, or not above it. */
function firstAt(
  ordered: Float32Array,
  value: number,
  after: boolean,
): number {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ordered[middle] < value || (after && ordered[middle] === value)) {
      low = middle + 1;
    } else high = middle;
  }
  return low;
}
