/** The upper tail of the chi-squared distribution. */

import { logGamma } from "./f_tail.ts";

/**
 * The probability that chi squared is at least as large: the regularized upper
 * incomplete gamma function Q(df / 2, value / 2), by its series below the mean
 * and by its continued fraction above (Abramowitz and Stegun 26.4.19, 6.5.29,
 * 6.5.31).
 *
 * @param value At least 0.
 * @param df Degrees of freedom, greater than 0.
 * @returns In [0, 1]; NaN if the value is.
 *
 * @example
 * ```ts
 * import { chiSquaredUpperTail } from "./chi_squared.ts";
 * // With two degrees of freedom it is exp(-value / 2).
 * console.assert(Math.abs(chiSquaredUpperTail(3, 2) - Math.exp(-1.5)) < 1e-15);
 * ```
 */
export function chiSquaredUpperTail(value: number, df: number): number {
  if (Number.isNaN(value)) return NaN;
  if (value <= 0) return 1;
  if (value === Infinity) return 0;
  const a = df / 2;
  const x = value / 2;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; term > sum * 1e-17 && n < 100_000; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return Math.max(0, 1 - front * sum);
  }
  // The modified method of Lentz.
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 100_000; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return front * fraction;
}
