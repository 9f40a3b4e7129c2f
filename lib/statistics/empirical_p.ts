/** A p-value from scores that arose by chance. */

import { checkValues } from "./describe.ts";

/**
 * Values that differ by a smaller share are equal: the same sum in another
 * order differs by rounding.
 */
const ROUNDING = 1e-12;

/**
 * How often chance gives at least this value: (1 + number of values by chance
 * that are as high) / (1 + their number). The value counts among them, so that
 * p is never 0 (Phipson and Smyth 2010, doi:10.2202/1544-6115.1585); equal to
 * SciPy's `monte_carlo_test(alternative="greater")`.
 *
 * @param byChance At least one, all finite.
 * @throws {RangeError} If there is none, or one is not finite.
 *
 * @example
 * ```ts
 * import { empiricalP } from "./empirical_p.ts";
 * console.assert(empiricalP([0.1, 0.2, 0.4], 0.3) === 0.5);
 * ```
 */
export function empiricalP(
  byChance: ArrayLike<number>,
  value: number,
): number {
  checkValues(byChance, "empirical p");
  const least = value - ROUNDING * Math.abs(value);
  let high = 0;
  for (let index = 0; index < byChance.length; index++) {
    if (byChance[index] >= least) high++;
  }
  return (1 + high) / (1 + byChance.length);
}
