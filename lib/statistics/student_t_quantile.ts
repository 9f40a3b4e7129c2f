/** Quantiles of Student's t. */

import { studentTUpperTail } from "./student_t.ts";

/** Halvings until neighboring doubles are left. */
const MOST_HALVINGS = 200;

/**
 * The t that is reached with a given probability: the inverse of
 * `studentTUpperTail`, by bisection.
 *
 * @param p The probability of the upper tail, in (0, 0.5).
 * @param df Degrees of freedom, greater than 0.
 * @throws {RangeError} If `p` is not in (0, 0.5), or `df` is not greater than 0.
 *
 * @example
 * ```ts
 * import { studentTUpperQuantile } from "./student_t_quantile.ts";
 * console.assert(Math.abs(studentTUpperQuantile(0.25, 1) - 1) < 1e-12);
 * ```
 */
export function studentTUpperQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 0.5)) {
    throw new RangeError(
      `Cannot compute a t quantile: p must be in (0, 0.5), not ${p}`,
    );
  }
  let low = 0;
  let high = 1;
  for (; studentTUpperTail(high, df).p > p; high *= 2) low = high;
  for (let halving = 0; halving < MOST_HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (studentTUpperTail(middle, df).p > p) low = middle;
    else high = middle;
  }
  return high;
}
