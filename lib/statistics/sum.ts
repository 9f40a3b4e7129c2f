/** Sums. */

/**
 * The sum, from the first value to the last; 0 of none.
 *
 * @example
 * ```ts
 * import { sum } from "./sum.ts";
 * console.assert(sum([1, 2, 6]) === 9);
 * ```
 */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < values.length; index++) total += values[index];
  return total;
}
