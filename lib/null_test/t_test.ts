/** One score against the scores of random gene sets. */

import { mean, sampleSd } from "../statistics/describe.ts";
import {
  studentTUpperTail,
  type TailProbability,
} from "../statistics/student_t.ts";

/**
 * Scores nearer to each other than this share are one and the same: clusters
 * that are numbered in another order give sums that differ by roundings.
 */
const ROUNDING = 1e-12;

/** What the test says. `null` stands for what has no value. */
export interface NullTest {
  /** The score that is tested. */
  readonly statistic: number;
  /** Mean of the null values. */
  readonly nullMean: number;
  /** Their standard deviation (m - 1 in the denominator). */
  readonly nullSd: number;
  /** Standard deviations of the null that the score lies above its mean. */
  readonly z: number | null;
  /** The t statistic; `null` if the null values do not differ. */
  readonly t: number | null;
  /** Degrees of freedom: one less than the null values. */
  readonly df: number;
  /** One-tailed p of t, never 0. */
  readonly pT: number | null;
  /** Its logarithm to base 10, exact where p is too small for a double. */
  readonly log10PT: number | null;
  /** Null values that are at least as high as the score, roundings aside. */
  readonly asHigh: number;
  /** (1 + asHigh) / (m + 1): never 0. */
  readonly pEmpirical: number;
}

/** How far a score lies out by t. */
export interface ScoreTail extends TailProbability {
  readonly t: number;
}

/**
 * The upper tail of t = apart / (sd sqrt(1 + 1/m)), with m - 1 degrees of
 * freedom.
 *
 * @param apart How far the score lies above the mean of the null.
 * @param sd The spread that stands for the null's.
 * @param values Null values, m.
 * @returns `null` where there is no spread.
 */
export function tailOf(
  apart: number,
  sd: number,
  values: number,
): ScoreTail | null {
  if (sd === 0) return null;
  const t = apart / (sd * Math.sqrt(1 + 1 / values));
  return { t, ...studentTUpperTail(t, values - 1) };
}

/**
 * Tests whether a score stands out above a null distribution.
 *
 * The null hypothesis is that the score is one more draw from the
 * distribution of the null values. So t = (s - mean) / (sd sqrt(1 + 1/m)),
 * with m - 1 degrees of freedom, upper tail: the prediction of one new value
 * from m (the 1/m stands for what is not known of the mean). Beside it stands
 * the share of the null that is at least as high, the score counted in
 * (Phipson and Smyth 2010), which takes nothing for granted about the null's
 * shape.
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
  const nullSd = sampleSd(nullValues);
  const nullMean = mean(nullValues);
  const values = nullValues.length;
  const least = statistic - ROUNDING * Math.abs(statistic);
  const asHigh = nullValues.filter((value) => value >= least).length;
  const apart = statistic - nullMean;
  const tail = tailOf(apart, nullSd, values);
  return {
    statistic,
    nullMean,
    nullSd,
    z: nullSd === 0 ? null : apart / nullSd,
    t: tail?.t ?? null,
    df: values - 1,
    pT: tail?.p ?? null,
    log10PT: tail?.log10P ?? null,
    asHigh,
    pEmpirical: (1 + asHigh) / (values + 1),
  };
}
