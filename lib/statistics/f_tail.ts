/** The upper tail of the F distribution. */

import {
  betaFraction,
  STIRLING_FROM,
  stirlingCorrection,
} from "./student_t.ts";

/**
 * The probability that F is at least as large, by the regularized incomplete
 * beta function I_x(restDf / 2, ownDf / 2) at x = rest / (rest + own)
 * (Abramowitz and Stegun 26.6.2).
 *
 * @param own Sum of squares that is tested, at least 0.
 * @param ownDf Its degrees of freedom, at least 1.
 * @param rest Residual sum of squares, at least 0; not both are 0.
 * @param restDf Its degrees of freedom, at least 1.
 * @returns In [0, 1]; NaN if a sum is.
 *
 * @example
 * ```ts
 * import { fUpperTail } from "./f_tail.ts";
 * // 4.9646 is the 95 % point of F with 1 and 10 degrees of freedom.
 * const p = fUpperTail(4.9646, 1, 10, 10);
 * console.assert(Math.abs(p - 0.05) < 1e-5);
 * ```
 */
export function fUpperTail(
  own: number,
  ownDf: number,
  rest: number,
  restDf: number,
): number {
  if (Number.isNaN(own + rest)) return NaN;
  return incompleteBeta(rest / (rest + own), restDf / 2, ownDf / 2);
}

/** The regularized incomplete beta function I_x(a, b). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // Where the fraction converges slowly, it is that of the other tail.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) -
    logGamma(a) - logGamma(b);
  return Math.min(1, Math.exp(front) / a * betaFraction(x, a, b));
}

/**
 * ln of the gamma function of a number above 0, by Stirling's series.
 *
 * @example
 * ```ts
 * import { logGamma } from "./f_tail.ts";
 * console.assert(Math.abs(logGamma(5) - Math.log(24)) < 1e-13);
 * ```
 */
export function logGamma(value: number): number {
  let shifted = 0;
  let z = value;
  for (; z < STIRLING_FROM; z++) shifted += Math.log(z);
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) +
    stirlingCorrection(z) - shifted;
}
