/** The Monte Carlo error of a mean over repeated random choices. */

import { mean, sampleSd } from "./describe.ts";

/**
 * The standard error of the mean of all values, where those of a group share
 * random choices and the groups are independent, all of one size: the standard
 * deviation of the groups' means, divided by the square root of their number.
 * What varies within the groups is in it, as it varies the means.
 *
 * @param groups At least one group, each of as many values.
 * @returns Null for a single group, which does not tell how groups differ.
 * @throws {RangeError} If there is no value, one is not finite, or groups differ
 * in size.
 *
 * @example
 * ```ts
 * import { nestedError } from "./nested_error.ts";
 * console.assert(nestedError([[1, 3], [4, 4]]) === 1);
 * console.assert(nestedError([[1, 3]]) === null);
 * ```
 */
export function nestedError(
  groups: readonly (readonly number[])[],
): number | null {
  const sizes = new Set(groups.map(({ length }) => length));
  if (sizes.size > 1) {
    throw new RangeError(
      `Cannot compute the error of a mean: groups hold ${
        [...sizes].join(" and ")
      } values and should all be of one size`,
    );
  }
  const means = groups.map((values) => mean(values));
  return means.length < 2 ? null : sampleSd(means) / Math.sqrt(means.length);
}
