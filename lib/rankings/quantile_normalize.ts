/** Gives all samples the same distribution of values. */

import { countAtMost, countBelow } from "../statistics/count_below.ts";

/** Samples of the same distribution, made one at a time. */
export interface NormalizedSamples {
  /** Writes the values of the i-th sample. */
  take(i: number, into: Float64Array): void;
}

/**
 * Quantile normalization: a value becomes the mean, over the samples, of the
 * values of its rank; of equal values the mean rank counts, between two ranks
 * the mean is interpolated. As limma's `normalizeQuantiles` (Bolstad et al.
 * 2003, doi:10.1093/bioinformatics/19.2.185).
 *
 * @param values samples x columns, row after row.
 * @param rows The samples.
 * @param toLinear Is applied to a value first, and must not change the order.
 */
export function normalizeQuantiles(
  values: Float32Array,
  columns: number,
  rows: readonly number[],
  toLinear: (value: number) => number = (value) => value,
): NormalizedSamples {
  const means = new Float64Array(columns);
  // Ranks are whole or halves, which 32 bits hold up to 8 million columns.
  const ranks = new Float32Array(rows.length * columns);
  rows.forEach((row, i) => {
    const own = values.subarray(row * columns, (row + 1) * columns);
    const ordered = own.slice().sort();
    for (let k = 0; k < columns; k++) {
      means[k] += toLinear(ordered[k]) / rows.length;
    }
    for (let column = 0; column < columns; column++) {
      const value = own[column];
      ranks[i * columns + column] =
        (countBelow(ordered, value) + countAtMost(ordered, value) - 1) / 2;
    }
  });
  return {
    take(i, into) {
      for (let column = 0; column < columns; column++) {
        const rank = ranks[i * columns + column];
        const below = Math.floor(rank);
        into[column] = below === rank
          ? means[below]
          : (means[below] + means[below + 1]) / 2;
      }
    },
  };
}
