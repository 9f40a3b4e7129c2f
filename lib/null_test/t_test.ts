/** One score against the scores of random gene sets. */

import { mean, sampleSd } from "../statistics/describe.ts";
import { formatP } from "../statistics/format_p.ts";
import { studentTUpperTail } from "../statistics/student_t.ts";

/**
 * Scores that differ by a smaller share are equal: clusters in another order
 * give sums that differ by rounding.
 */
const ROUNDING = 1e-12;

/**
 * The upper tail of t = difference / (sd sqrt(1 + 1/m)), with m - 1 degrees of
 * freedom.
 *
 * @param difference Of the score and the mean of the null.
 * @param sd The standard deviation that stands for the null's.
 * @param values Null values, m.
 * @returns Null if the standard deviation is 0.
 */
export function tailOf(difference: number, sd: number, values: number) {
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
 * @returns As `ttest.json` has it.
 * @throws {RangeError} If there are fewer than two null values, or one is not
 * finite.
 */
export function testAgainstNull(
  nullValues: readonly number[],
  statistic: number,
) {
  const spread = sampleSd(nullValues);
  const average = mean(nullValues);
  const sd = spread <= ROUNDING * Math.abs(average) ? 0 : spread;
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

/**
 * The p of t as text, not below 1 / (values + 1): further out in the tail it
 * rests on the normal distribution alone, not on any value that was seen.
 *
 * @returns As `formatP`, for example `= 0.0213` or `< 0.005`.
 */
export function formatTail(p: number | null, values: number): string {
  const least = 1 / (values + 1);
  return p !== null && p < least
    ? `< ${Number(least.toPrecision(2))}`
    : formatP(p);
}
