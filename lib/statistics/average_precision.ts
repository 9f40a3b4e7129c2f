/** How early the wanted items come in a ranked list. */

/**
 * Average precision: the sum over the wanted items of the precision at the
 * item's rank, divided by their number; scikit-learn's
 * `average_precision_score`. Wanted items that are not listed tie at the end,
 * where all items are taken and the precision is wanted / items.
 *
 * @param ranks The ranks of the wanted items that are listed, from 1, each
 * once, in any order.
 * @param wanted Wanted items in all, listed or not; at least 1.
 * @param items Items in all, at least as many as the last rank.
 * @returns In (0, 1]; a random order gives about wanted / items.
 * @throws {RangeError} If the numbers do not go together.
 *
 * @example
 * ```ts
 * import { averagePrecision } from "./average_precision.ts";
 * console.assert(averagePrecision([1, 2], 2, 10) === 1);
 * console.assert(averagePrecision([2], 1, 10) === 0.5);
 * console.assert(averagePrecision([], 1, 10) === 0.1);
 * ```
 */
export function averagePrecision(
  ranks: readonly number[],
  wanted: number,
  items: number,
): number {
  if (
    !(wanted >= 1 && ranks.length <= wanted && wanted <= items) ||
    ranks.some((rank) => !(rank >= 1 && rank <= items))
  ) {
    throw new RangeError(
      `Cannot compute the average precision: ${ranks.length} of ${wanted} wanted items are listed among ${items}, at ranks that must be from 1 to ${items}`,
    );
  }
  const ascending = [...ranks].sort((a, b) => a - b);
  let sum = 0;
  ascending.forEach((rank, index) => sum += (index + 1) / rank);
  sum += (wanted - ranks.length) * wanted / items;
  return sum / wanted;
}
