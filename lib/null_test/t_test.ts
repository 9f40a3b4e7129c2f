/** One score against the scores of random gene sets. */

import { mean, sampleSd } from "../statistics/describe.ts";
import {
  studentTUpperTail,
  type TailProbability,
} from "../statistics/student_t.ts";

/**
 * Scores that differ by a smaller share are equal: clusters in another order
 * give sums that differ by rounding.
 */
const ROUNDING = 1e-12;

/** The result, as `ttest.json` has it; null where there is no value. */
export interface NullTest {
  /** The score that is tested. */
  readonly statistic: number;
  readonly null_mean: number;
  /** m - 1 in the denominator. */
  readonly null_sd: number;
  /** (statistic - null_mean) / null_sd. */
  readonly z: number | null;
  /** Null if the null values do not differ. */
  readonly t: number | null;
  /** One less than the null values. */
  readonly df: number;
  /** One-tailed, never 0. */
  readonly p_t: number | null;
  /** Exact where p_t is too small for a double. */
  readonly log10_p_t: number | null;
  /** Null values that are at least as high as the score, rounding aside. */
  readonly n_as_extreme: number;
  /** (1 + n_as_extreme) / (m + 1): never 0. */
  readonly p_empirical: number;
}

/** The t of a score and its tail probability. */
export interface ScoreTail extends TailProbability {
  readonly t: number;
}

/**
 * The upper tail of t = difference / (sd sqrt(1 + 1/m)), with m - 1 degrees of
 * freedom.
 *
 * @param difference Of the score and the mean of the null.
 * @param sd The standard deviation that stands for the null's.
 * @param values Null values, m.
 * @returns Null if the standard deviation is 0.
 */
export function tailOf(
  difference: number,
  sd: number,
  values: number,
): ScoreTail | null {
  if (sd === 0) return null;
  const t = difference / (sd * Math.sqrt(1 + 1 / values));
  return { t, ...studentTUpperTail(t, values - 1) };
}

/**
 * Tests whether a score is higher than a null distribution.
 *
 * The null hypothesis is that the score is one more draw from the
 * distribution of the null values. So t = (s - mean) / (sd sqrt(1 + 1/m)),
 * with m - 1 degrees of freedom, upper tail: the prediction of one new value
 * from m (1/m is for the uncertainty of the mean). The empirical p is the
 * share of the null that is at least as high, with the score counted in
 * (Phipson and Smyth 2010); it assumes nothing of the null's shape.
 *
 * @param nullValues At least two, all finite.
 * @param statistic The score, finite.
 * @throws {RangeError} If there are fewer than two null values, or a value is
 * not finite.
 */
export function testAgainstNull(
  nullValues: readonly number[],
  statistic: number,
): NullTest {
  if (!Number.isFinite(statistic)) {
    throw new RangeError(
      `Cannot test a score: it must be finite, not ${statistic}`,
    );
  }
  const sd = sampleSd(nullValues);
  const average = mean(nullValues);
  const values = nullValues.length;
  const least = statistic - ROUNDING * Math.abs(statistic);
  const asExtreme = nullValues.filter((value) => value >= least).length;
  const difference = statistic - average;
  const tail = tailOf(difference, sd, values);
  return {
    statistic,
    null_mean: average,
    null_sd: sd,
    z: sd === 0 ? null : difference / sd,
    t: tail?.t ?? null,
    df: values - 1,
    p_t: tail?.p ?? null,
    log10_p_t: tail?.log10P ?? null,
    n_as_extreme: asExtreme,
    p_empirical: (1 + asExtreme) / (values + 1),
  };
}
