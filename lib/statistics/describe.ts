/**
 * Mean, standard deviation and quantiles by jStat, with checks that it lacks
 * (an empty list, NaN) and the sample's standard deviation, where it defaults
 * to the population's.
 */

import jStat from "jstat";

/** Refuses too few values and any that is not finite. */
export function checkValues(
  values: ArrayLike<number>,
  wanted: string,
  fewest = 1,
): void {
  if (values.length < fewest) {
    throw new RangeError(
      `Cannot compute the ${wanted}: at least ${fewest} values are needed, not ${values.length}`,
    );
  }
  for (let index = 0; index < values.length; index++) {
    if (!Number.isFinite(values[index])) {
      throw new RangeError(
        `Cannot compute the ${wanted}: value ${index} is ${
          values[index]
        } and must be finite`,
      );
    }
  }
}

/**
 * The arithmetic mean.
 *
 * @throws {RangeError} If there is no value, or one is not finite.
 *
 * @example
 * ```ts
 * import { mean } from "./describe.ts";
 * console.assert(mean([1, 2, 6]) === 3);
 * ```
 */
export function mean(values: ArrayLike<number>): number {
  checkValues(values, "mean");
  return jStat.mean(values);
}

/**
 * The standard deviation of a sample: the sum of squares is divided by one
 * less than the number of values. Computed in two passes.
 *
 * @throws {RangeError} If there are fewer than two values, or one is not
 * finite.
 *
 * @example
 * ```ts
 * import { sampleSd } from "./describe.ts";
 * console.assert(sampleSd([1, 3]) === Math.SQRT2);
 * ```
 */
export function sampleSd(values: ArrayLike<number>): number {
  checkValues(values, "standard deviation", 2);
  // The mean of equal values may be rounded; their deviation is exactly 0.
  const equal = Array.prototype.every.call(
    values,
    (value) => value === values[0],
  );
  return equal ? 0 : jStat.stdev(values, true);
}

/**
 * The median: the middle value, or the mean of the middle two. Does not
 * change the values.
 *
 * @throws {RangeError} If there is no value, or one is not finite.
 *
 * @example
 * ```ts
 * import { median } from "./describe.ts";
 * console.assert(median([5, 1, 2]) === 2);
 * console.assert(median(Float32Array.of(4, 1, 2, 3)) === 2.5);
 * ```
 */
export function median(values: ArrayLike<number>): number {
  checkValues(values, "median");
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * A quantile by linear interpolation between the order statistics: type 7 of
 * Hyndman and Fan (1996), the default of R and NumPy.
 *
 * @param probability In [0, 1]: 0 gives the smallest value, 1 the greatest.
 * @throws {RangeError} If there is no value, one is not finite, or
 * `probability` lies outside [0, 1].
 *
 * @example
 * ```ts
 * import { quantile } from "./describe.ts";
 * console.assert(quantile([1, 2, 3, 4], 0.25) === 1.75);
 * ```
 */
export function quantile(
  values: ArrayLike<number>,
  probability: number,
): number {
  checkValues(values, "quantile");
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(
      `Cannot compute the quantile: the probability must be in [0, 1], not ${probability}`,
    );
  }
  // jStat's quantiles() needs two values, and its percentile() does not
  // interpolate before the last one.
  if (values.length === 1) return values[0];
  // It sorts what is sorted already in far less time.
  const sorted = Float64Array.from(values).sort();
  return jStat.quantiles(Array.from(sorted), [probability], 1, 1)[0];
}
