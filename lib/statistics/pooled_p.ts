/** P-values from statistics of shuffled data, those of all tests pooled. */

import { countBelow } from "./count_below.ts";

/** How often chance was at least as high. */
export interface NullCounts {
  /**
   * By test: null values at least as high as its own; NaN where it has none.
   * Floats, as many shuffles of many genes are more than 2^32.
   */
  readonly counts: Float64Array;
  /** Null values that were compared with: those that are not NaN. */
  readonly total: number;
}

/**
 * Counts the null values at least as high as each observed one.
 *
 * @param observed A test each; NaN where there is none.
 * @param nulls Of any number of tests; NaN is not counted.
 *
 * @example
 * ```ts
 * import { countAtLeast } from "./pooled_p.ts";
 * const { counts, total } = countAtLeast([3, NaN, 1], [2, 3, NaN, 0]);
 * console.assert(counts.join() === "1,NaN,2" && total === 3);
 * ```
 */
export function countAtLeast(
  observed: ArrayLike<number>,
  nulls: ArrayLike<number>,
): NullCounts {
  const sorted = new Float64Array(nulls.length);
  let total = 0;
  for (let i = 0; i < nulls.length; i++) {
    if (!Number.isNaN(nulls[i])) sorted[total++] = nulls[i];
  }
  // Numbers alone are sorted several times as fast as by a comparison.
  const ascending = sorted.subarray(0, total).sort();
  const counts = new Float64Array(observed.length).fill(NaN);
  for (let test = 0; test < counts.length; test++) {
    const value = observed[test];
    if (!Number.isNaN(value)) {
      counts[test] = total - countBelow(ascending, value);
    }
  }
  return { counts, total };
}

/**
 * `(1 + null values at least as high) / (1 + null values)` of each test, the
 * null values of all tests pooled (Tusher, Tibshirani and Chu 2001,
 * doi:10.1073/pnas.091062498; Storey and Tibshirani 2003,
 * doi:10.1073/pnas.1530509100): so small p-values, as thousands of tests need,
 * take few shuffles. The 1 counts the data themselves, so that no p is 0
 * (Phipson and Smyth 2010, doi:10.2202/1544-6115.1585).
 *
 * @param counted What `countAtLeast` gives, added over all shuffles.
 * @returns By test; NaN where its count is.
 *
 * @example
 * ```ts
 * import { pooledP } from "./pooled_p.ts";
 * const counted = { counts: Float64Array.of(1, NaN, 2), total: 3 };
 * console.assert(pooledP(counted).join() === "0.5,NaN,0.75");
 * ```
 */
export function pooledP({ counts, total }: NullCounts): Float64Array {
  return counts.map((count) => (1 + count) / (1 + total));
}

/** Adds the counts of another shuffle of the same tests. */
export function addCounts(one: NullCounts, other: NullCounts): NullCounts {
  return {
    counts: one.counts.map((count, test) => count + other.counts[test]),
    total: one.total + other.total,
  };
}
