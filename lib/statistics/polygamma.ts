/** Digamma, trigamma and the inverse of trigamma. */

/** From here on the asymptotic series are exact in a double. */
const SERIES_FROM = 15;

/** Bernoulli numbers B(2), B(4), ... */
const BERNOULLI = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6];

/**
 * The derivative of ln of the gamma function, by its recurrence and its
 * asymptotic series (Abramowitz and Stegun 6.3.5, 6.3.18).
 *
 * @param x Greater than 0.
 * @throws {RangeError} If it is not.
 *
 * @example
 * ```ts
 * import { digamma } from "./polygamma.ts";
 * // digamma(1) is Euler's constant with a minus.
 * console.assert(Math.abs(digamma(1) + 0.5772156649015329) < 1e-14);
 * ```
 */
export function digamma(x: number): number {
  let { z, shifted } = shift(x, (each) => -1 / each);
  shifted += Math.log(z) - 0.5 / z;
  BERNOULLI.forEach((b, k) => shifted -= b / ((2 * k + 2) * z ** (2 * k + 2)));
  return shifted;
}

/**
 * The second derivative of ln of the gamma function (Abramowitz and Stegun
 * 6.4.6, 6.4.12).
 *
 * @param x Greater than 0.
 * @throws {RangeError} If it is not.
 *
 * @example
 * ```ts
 * import { trigamma } from "./polygamma.ts";
 * console.assert(Math.abs(trigamma(1) - Math.PI ** 2 / 6) < 1e-14);
 * ```
 */
export function trigamma(x: number): number {
  let { z, shifted } = shift(x, (each) => 1 / each ** 2);
  shifted += 1 / z + 0.5 / z ** 2;
  BERNOULLI.forEach((b, k) => shifted += b / z ** (2 * k + 3));
  return shifted;
}

/**
 * The number whose trigamma is given, by Newton's method on 1 / trigamma, which
 * is convex, from 1/2 + 1/y (Smyth 2004, doi:10.2202/1544-6115.1027, appendix).
 *
 * @param y Greater than 0.
 * @throws {RangeError} If it is not.
 *
 * @example
 * ```ts
 * import { trigamma, trigammaInverse } from "./polygamma.ts";
 * console.assert(Math.abs(trigammaInverse(trigamma(2.5)) - 2.5) < 1e-12);
 * ```
 */
export function trigammaInverse(y: number): number {
  if (!(y > 0)) {
    throw new RangeError(
      `Cannot invert trigamma: the value must be greater than 0, not ${y}`,
    );
  }
  // Beyond these the first term of the series is all of it.
  if (y > 1e7) return 1 / Math.sqrt(y);
  if (y < 1e-6) return 1 / y;
  let x = 0.5 + 1 / y;
  for (let step = 0; step < 50; step++) {
    const value = trigamma(x);
    const change = value * (1 - value / y) / tetragamma(x);
    x += change;
    if (Math.abs(change) < 1e-12 * x) break;
  }
  return x;
}

/** The derivative of trigamma (Abramowitz and Stegun 6.4.13). */
function tetragamma(x: number): number {
  let { z, shifted } = shift(x, (each) => -2 / each ** 3);
  shifted -= 1 / z ** 2 + 1 / z ** 3;
  BERNOULLI.forEach((b, k) => shifted -= (2 * k + 3) * b / z ** (2 * k + 4));
  return shifted;
}

/** Moves up to where the series holds, and sums what that takes. */
function shift(
  x: number,
  term: (z: number) => number,
): { z: number; shifted: number } {
  if (!(x > 0)) {
    throw new RangeError(
      `Cannot compute a polygamma function: its argument must be greater than 0, not ${x}`,
    );
  }
  let shifted = 0;
  let z = x;
  for (; z < SERIES_FROM; z++) shifted += term(z);
  return { z, shifted };
}
