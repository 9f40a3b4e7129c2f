/** Welch's t: the difference of two means whose variances may differ. */

/** What is known of the values of one group. */
export interface GroupMoments {
  /** Values in the group. */
  readonly count: number;
  readonly mean: number;
  /** Sum of the squared deviations from the mean. */
  readonly squares: number;
}

/** The statistic and its degrees of freedom. */
export interface WelchT {
  /** Infinite where neither group varies and the means differ. */
  readonly t: number;
  /** By Welch and Satterthwaite; infinite where `t` is. */
  readonly df: number;
}

/**
 * Welch's t of the first group's mean less the second's:
 * t = (m1 - m2) / sqrt(s1² / n1 + s2² / n2), with the degrees of freedom of
 * Welch and Satterthwaite (Welch 1947, doi:10.1093/biomet/34.1-2.28), as in
 * SciPy's `ttest_ind(equal_var=False)`.
 *
 * @returns Null where t is not defined: a group of fewer than two values, or
 * no variance and equal means.
 *
 * @example
 * ```ts
 * import { welchT } from "./welch_t.ts";
 * // 1, 2, 3 and 0, 0, 3.
 * const found = welchT(
 *   { count: 3, mean: 2, squares: 2 },
 *   { count: 3, mean: 1, squares: 6 },
 * );
 * console.assert(Math.abs(found!.t - Math.sqrt(0.75)) < 1e-15);
 * console.assert(Math.abs(found!.df - 3.2) < 1e-14);
 * ```
 */
export function welchT(a: GroupMoments, b: GroupMoments): WelchT | null {
  if (a.count < 2 || b.count < 2) return null;
  const first = a.squares / (a.count - 1) / a.count;
  const second = b.squares / (b.count - 1) / b.count;
  const difference = a.mean - b.mean;
  const error = first + second;
  if (error === 0) {
    return difference === 0
      ? null
      : { t: Math.sign(difference) * Infinity, df: Infinity };
  }
  return {
    t: difference / Math.sqrt(error),
    df: error ** 2 /
      (first ** 2 / (a.count - 1) + second ** 2 / (b.count - 1)),
  };
}
