/** How well two scores of the same items agree on their order. */

import { countBelow } from "./count_below.ts";
import { checkValues } from "./describe.ts";

/**
 * How many genes count as the top wherever two rankings are compared: a tenth
 * of the genes, rounded up, at most 100.
 *
 * @param genes How many genes are ranked.
 * @throws {RangeError} If `genes` is not a positive whole number.
 *
 * @example
 * ```ts
 * import { topCount } from "./rank_agreement.ts";
 * console.assert(topCount(55) === 6);
 * console.assert(topCount(20_000) === 100);
 * ```
 */
export function topCount(genes: number): number {
  if (!Number.isSafeInteger(genes) || genes < 1) {
    throw new RangeError(
      `Cannot count the top genes: there must be at least 1 gene, not ${genes}`,
    );
  }
  return Math.min(100, Math.ceil(genes / 10));
}

/**
 * Spearman's rank correlation: Pearson's correlation of the ranks, where
 * equal values share the mean of their ranks (mid-ranks), as in SciPy's
 * `spearmanr`.
 *
 * @param a One score per item, in any unit.
 * @param b Another score of the same items, in any unit.
 * @returns In [-1, 1], or null where one of the two is constant (as it is
 * with fewer than two values) and so has no order.
 * @throws {RangeError} If the lengths differ, or a value is not finite.
 *
 * @example
 * ```ts
 * import { spearman } from "./rank_agreement.ts";
 * console.assert(spearman([1, 2, 3], [10, 100, 1000]) === 1);
 * console.assert(spearman([1, 2, 3], [4, 4, 4]) === null);
 * ```
 */
export function spearman(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): number | null {
  check(a, b, "rank correlation");
  const x = centeredRanks(a);
  const y = centeredRanks(b);
  // Sums of whole numbers: exact (below 2^53) up to about 100,000 values.
  let products = 0;
  let squaresOfX = 0;
  let squaresOfY = 0;
  for (let index = 0; index < x.length; index++) {
    products += x[index] * y[index];
    squaresOfX += x[index] * x[index];
    squaresOfY += y[index] * y[index];
  }
  if (squaresOfX === 0 || squaresOfY === 0) return null;
  // Equal sums of squares (as without ties) give a ratio of whole numbers.
  const scale = squaresOfX === squaresOfY
    ? squaresOfX
    : Math.sqrt(squaresOfX) * Math.sqrt(squaresOfY);
  return Math.max(-1, Math.min(1, products / scale));
}

/**
 * The share of the `top` largest entries of `a` that are among the `top`
 * largest of `b`. Of equal entries the one of the lower index comes first. Two
 * unrelated orders share `top` divided by the number of entries on average.
 *
 * @param a One score per item, in any unit.
 * @param b Another score of the same items, in any unit.
 * @param top How many entries count as the largest, from 1 to all of them.
 * @returns In [0, 1].
 * @throws {RangeError} If the lengths differ, a value is not finite, or there
 * are not `top` entries.
 *
 * @example
 * ```ts
 * import { topOverlap } from "./rank_agreement.ts";
 * console.assert(topOverlap([9, 8, 1, 0], [7, 0, 9, 1], 2) === 0.5);
 * ```
 */
export function topOverlap(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  top: number,
): number {
  check(a, b, "overlap of the top entries");
  if (!Number.isSafeInteger(top) || top < 1 || top > a.length) {
    throw new RangeError(
      `Cannot compute the overlap of the top entries: "top" must be a whole number from 1 to ${a.length}, not ${top}`,
    );
  }
  const isLargest = largest(b, top);
  let shared = 0;
  largest(a, top).forEach((isOne, index) => shared += isOne & isLargest[index]);
  return shared / top;
}

/** 1 for each of the `top` largest values, of equal ones the first; else 0. */
function largest(values: ArrayLike<number>, top: number): Uint8Array {
  const least = sorted(values)[values.length - top];
  const isLargest = new Uint8Array(values.length);
  let left = top;
  for (let index = 0; index < values.length; index++) {
    if (values[index] <= least) continue;
    isLargest[index] = 1;
    left--;
  }
  for (let index = 0; left > 0; index++) {
    if (values[index] !== least) continue;
    isLargest[index] = 1;
    left--;
  }
  return isLargest;
}

/** Ascending. Without a function that compares, V8 sorts ten times as fast. */
function sorted(values: ArrayLike<number>): Float64Array {
  return new Float64Array(values).sort();
}

/**
 * Mid-ranks, less their mean and doubled: whole numbers, since a mid-rank and
 * the mean of all ranks are multiples of a half.
 *
 * @param values Numbers, none of them NaN.
 *
 * @example
 * ```ts
 * import { centeredRanks } from "./rank_agreement.ts";
 * console.assert(centeredRanks([7, 3, 7]).join() === "1,-2,1");
 * ```
 */
export function centeredRanks(values: ArrayLike<number>): Float64Array {
  const order = sorted(values);
  const count = order.length;
  // Where the values equal to the one that stands first among them end.
  const ends = new Uint32Array(count);
  for (let first = 0, after = 1; first < count; first = after++) {
    while (after < count && order[after] === order[first]) after++;
    ends[first] = after;
  }
  const ranks = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const first = countBelow(order, values[index]);
    // Twice the mean of the ranks first ... end - 1, counted from 0.
    ranks[index] = first + ends[first] - 1 - (count - 1);
  }
  return ranks;
}

/** Refuses lists of different lengths and values that cannot be ranked. */
function check(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  wanted: string,
): void {
  if (a.length !== b.length) {
    throw new RangeError(
      `Cannot compute the ${wanted}: ${a.length} values are to be compared with ${b.length} and must be as many`,
    );
  }
  checkValues(a, wanted, 0);
  checkValues(b, wanted, 0);
}
