/** Where a number stands in an ascending list. */

/**
 * How many of the ascending numbers are below a number.
 *
 * @example
 * ```ts
 * import { countBelow } from "./count_below.ts";
 * console.assert(countBelow([1, 2, 2, 3], 2) === 1);
 * ```
 */
export function countBelow(
  ascending: ArrayLike<number>,
  number: number,
): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * How many of the ascending numbers are not above a number.
 *
 * @example
 * ```ts
 * import { countAtMost } from "./count_below.ts";
 * console.assert(countAtMost([1, 2, 2, 3], 2) === 3);
 * ```
 */
export function countAtMost(
  ascending: ArrayLike<number>,
  number: number,
): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] <= number) low = middle + 1;
    else high = middle;
  }
  return low;
}
