/** The upper tail of Student's t, exact even where 1 - cdf is 0. */

/** A probability with its logarithm, which a double can always hold. */
export interface TailProbability {
  /**
   * The probability; the smallest double (about 5e-324) where it is smaller,
   * never 0.
   */
  readonly p: number;
  /** Its logarithm to base 10. */
  readonly log10P: number;
}

/** From here on six terms of Stirling's series are exact in a double. */
export const STIRLING_FROM = 20;

/** Coefficients B(2k) / (2k (2k - 1)) of Stirling's series. */
const STIRLING = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
];

/** What Stirling's series adds to (z - 1/2) ln z - z + ln(2 pi) / 2. */
export function stirlingCorrection(z: number): number {
  return STIRLING.reduce(
    (sum, coefficient, k) => sum + coefficient / z ** (2 * k + 1),
    0,
  );
}

/**
 * ln B(a, 1/2) = ln Γ(a) + ln Γ(1/2) - ln Γ(a + 1/2), computed as a
 * difference without cancellation for a large `a`.
 */
function logBetaWithHalf(a: number): number {
  // Γ(a) / Γ(a + 1/2) = (a + 1/2) / a * Γ(a + 1) / Γ(a + 3/2)
  let shifted = 0;
  let z = a;
  for (; z < STIRLING_FROM; z++) shifted += Math.log1p(0.5 / z);
  const logRatio = -z * Math.log1p(0.5 / z) + 0.5 - 0.5 * Math.log(z) +
    stirlingCorrection(z) - stirlingCorrection(z + 0.5);
  return shifted + logRatio + 0.5 * Math.log(Math.PI);
}

/**
 * The continued fraction of the regularized incomplete beta function
 * (Abramowitz and Stegun 26.5.8), by the modified method of Lentz. It
 * converges fast for x < (a + 1) / (a + b + 2).
 */
export function betaFraction(x: number, a: number, b: number): number {
  const TINY = 1e-300;
  const away = (value: number) => Math.abs(value) < TINY ? TINY : value;
  let c = 1;
  let d = 1 / away(1 - (a + b) * x / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 100_000; m++) {
    const even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) return fraction;
  }
  throw new RangeError(
    `Cannot compute a tail probability: the fraction does not converge at x = ${x}, a = ${a}`,
  );
}

/**
 * The probability that Student's t with `df` degrees of freedom is at least
 * `t`: half of the regularized incomplete beta function I_x(df/2, 1/2) at
 * x = df / (df + t²) for t >= 0 (Abramowitz and Stegun 26.7.1), taken in
 * logarithms, so that it keeps its digits for any `t`.
 *
 * @param t Any finite number.
 * @param df Degrees of freedom, greater than 0.
 * @throws {RangeError} If `t` is not finite or `df` is not greater than 0.
 *
 * @example
 * ```ts
 * import { studentTUpperTail } from "./student_t.ts";
 * console.assert(Math.abs(studentTUpperTail(1, 1).p - 0.25) < 1e-15);
 * console.assert(studentTUpperTail(40, 99).p < 1e-61);
 * console.assert(studentTUpperTail(1e6, 1000).p > 0);
 * ```
 */
export function studentTUpperTail(t: number, df: number): TailProbability {
  if (!Number.isFinite(t)) {
    throw new RangeError(
      `Cannot compute a t probability: t must be finite, not ${t}`,
    );
  }
  if (!(df > 0 && Number.isFinite(df))) {
    throw new RangeError(
      `Cannot compute a t probability: df must be greater than 0, not ${df}`,
    );
  }
  const a = df / 2;
  const share = t / Math.sqrt(df) * (t / Math.sqrt(df)); // t² / df
  const x = 1 / (1 + share);
  const rest = share / (1 + share); // 1 - x without cancellation
  const logFront = -a * Math.log1p(share) + 0.5 * Math.log(rest) -
    logBetaWithHalf(a);
  let logTail: number;
  if (t === 0) {
    logTail = Math.log(0.5);
  } else if (x < (a + 1) / (a + 2.5)) {
    logTail = logFront + Math.log(betaFraction(x, a, 0.5) / a) - Math.LN2;
  } else {
    const inner = Math.exp(logFront) * betaFraction(rest, 0.5, a) / 0.5;
    logTail = Math.log1p(-inner) - Math.LN2;
  }
  if (t < 0) logTail = Math.log1p(-Math.exp(logTail));
  return {
    p: Math.max(Math.exp(logTail), Number.MIN_VALUE),
    log10P: logTail / Math.LN10,
  };
}
