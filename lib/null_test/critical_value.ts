/** The value that a test turns at. */

import { mean, sampleSd } from "../statistics/describe.ts";
import { SIGNIFICANCE_LEVEL } from "../statistics/format_p.ts";
import { studentTUpperQuantile } from "../statistics/student_t_quantile.ts";

/**
 * The value above which both p of `testAgainstNull` are below the level: the
 * greater of the one that t has there,
 *
 *     mean + t sd sqrt(1 + 1/m),
 *
 * and of the null value that as many others may exceed as p_empirical allows.
 *
 * @param nullValues At least two, all finite.
 * @returns Null where no value is significant: with too few null values, or if
 * they do not vary.
 */
export function criticalValue(nullValues: readonly number[]): number | null {
  const sets = nullValues.length;
  const sd = sampleSd(nullValues);
  // The least count of sets as high for which p_empirical is too large.
  let count = 0;
  while ((1 + count) / (sets + 1) < SIGNIFICANCE_LEVEL) count++;
  if (count === 0 || sd === 0) return null;
  const byT = mean(nullValues) +
    studentTUpperQuantile(SIGNIFICANCE_LEVEL, sets - 1) * sd *
      Math.sqrt(1 + 1 / sets);
  return Math.max(byT, nullValues.toSorted((a, b) => b - a)[count - 1]);
}
