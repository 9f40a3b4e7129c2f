/** What the order of a gene's values says of each tissue. */

import { makeSorter } from "../../statistics/sort_order.ts";
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
  const orderOf = makeSorter(n);
  for (let gene = 0; gene < genes.length; gene++) {
    for (let i = 0; i < n; i++) own[i] = values[rows[i] * genes.length + gene];
    const order = orderOf(own);
    for (let from = 0, to = 0; from < n; from = to) {
      const value = own[order[from]];
      for (to = from + 1; to < n && own[order[to]] === value; to++);
      const equal = to - from;
      const rank = from + (equal + 1) / 2;
      const bin = Math.min(bins - 1, Math.floor((rank - 0.5) * bins / n));
      ties[gene] += equal ** 3 - equal;
      for (let at = from; at < to; at++) {
        const own = classes[order[at]];
        sums[gene * counts.length + own] += rank;
        binned[(gene * bins + bin) * counts.length + own]++;
      }
    }
  }
  const result = { count: n, counts, sums, ties, bins, binned };
  found.set(input, result);
  return result;
}
