/** The bootstrap's standard error of a median, exactly and without resampling. */

import { binomialCdf } from "./binomial.ts";

/** How often two values are the middle ones of a resample. */
export interface MiddlePairs {
  /** Values that a resample draws from, and as many that it draws. */
  readonly count: number;
  /** By pair: the lower middle value is the so many-th smallest, from 0. */
  readonly lower: readonly number[];
  /** The upper one likewise; the same with an odd count. */
  readonly upper: readonly number[];
  readonly probabilities: readonly number[];
}

/** Rarer pairs change no digit; of many values nearly all pairs are. */
const NEVER = 1e-18;

/**
 * The probabilities of all pairs of middle values of a resample of `count`
 * values (Hutson and Ernst 2000, doi:10.1111/1467-9868.00221; for one order
 * statistic Maritz and Jarrett 1978, doi:10.1080/01621459.1978.10480027). With
 * an odd count both middle values are one.
 *
 * Of an even count n = 2k, the lower middle value is the i-th and the upper the
 * j-th smallest, i < j, with C(n, k) [(i/n)^k - ((i-1)/n)^k] [((n-j+1)/n)^k -
 * ((n-j)/n)^k]; both are the i-th with what is left of the probability that the
 * lower one is.
 *
 * @param count At least 1.
 *
 * @example
 * ```ts
 * import { middlePairs } from "./median_bootstrap.ts";
 * // Of two values: twice the first, both, or twice the second.
 * const { probabilities } = middlePairs(2);
 * console.assert(probabilities.length === 3);
 * console.assert(Math.abs(Math.max(...probabilities) - 0.5) < 1e-15);
 * ```
 */
export function middlePairs(count: number): MiddlePairs {
  const lower: number[] = [];
  const upper: number[] = [];
  const probabilities: number[] = [];
  const add = (i: number, j: number, probability: number) => {
    if (!(probability > NEVER)) return;
    lower.push(i - 1);
    upper.push(j - 1);
    probabilities.push(probability);
  };
  const middle = Math.ceil(count / 2);
  let logChoices = 0;
  for (let step = 1; step <= middle; step++) {
    logChoices += Math.log((count - middle + step) / step);
  }
  // P(at least one of k is the last value | all k are among the first `place`).
  const reached = (place: number) => 1 - ((place - 1) / place) ** middle;
  let before = 0;
  for (let i = 1; i <= count; i++) {
    const upTo = 1 - binomialCdf(middle - 1, count, i / count);
    let left = upTo - before;
    before = upTo;
    for (let j = i + 1; count % 2 === 0 && j <= count; j++) {
      const both = reached(i) * reached(count - j + 1) * Math.exp(
        logChoices +
          middle * Math.log(i / count * ((count - j + 1) / count)),
      );
      // From here on it only falls.
      if (both < NEVER) break;
      add(i, j, both);
      left -= both;
    }
    add(i, i, left);
  }
  return { count, lower, upper, probabilities };
}

/**
 * The standard deviation of the median over all resamples.
 *
 * @param sorted Ascending; as many as the pairs are of.
 *
 * @example
 * ```ts
 * import { medianBootstrapError, middlePairs } from "./median_bootstrap.ts";
 * // The medians 0, 1, 1, 2.
 * const error = medianBootstrapError([0, 2], middlePairs(2));
 * console.assert(Math.abs(error - Math.SQRT1_2) < 1e-12);
 * ```
 */
export function medianBootstrapError(
  sorted: ArrayLike<number>,
  { count, lower, upper, probabilities }: MiddlePairs,
): number {
  // About a value in the middle, so that no digits are lost.
  const origin = sorted[count >> 1];
  let mean = 0;
  let squares = 0;
  for (let pair = 0; pair < probabilities.length; pair++) {
    const median =
      (sorted[lower[pair]] - origin + sorted[upper[pair]] - origin) / 2;
    mean += probabilities[pair] * median;
    squares += probabilities[pair] * median * median;
  }
  return Math.sqrt(Math.max(0, squares - mean * mean));
}
