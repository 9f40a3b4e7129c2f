/** Hypergeometric tails: how likely so many marked draws are by chance. */

import { STIRLING_FROM, stirlingCorrection } from "./student_t.ts";

/** The counts of a 2 x 2 table, as enrichment tools name them. */
export interface Draws {
  /** All that can be drawn. */
  readonly N: number;
  /** How many of them are marked. */
  readonly K: number;
  /** How many are drawn, without replacement. */
  readonly n: number;
  /** How many of the drawn ones are marked. */
  readonly k: number;
}

/** Probabilities this near to each other are ties: rounding, and no more. */
const TIE = 1e-10;

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

/** ln n! less Stirling's formula, for an integer n >= 0. */
function stirlingError(n: number): number {
  if (n >= STIRLING_FROM) return stirlingCorrection(n);
  return smallErrors[n];
}

// Factorials below 23! are exact in a double.
const smallErrors = Array.from({ length: STIRLING_FROM }, (_, n) => {
  if (n === 0) return 0;
  let factorial = 1;
  for (let each = 2; each <= n; each++) factorial *= each;
  return Math.log(factorial) - (n + 0.5) * Math.log(n) + n - HALF_LOG_2PI;
});

/**
 * x ln(x / mean) + mean - x without cancellation where both are near (Loader
 * 2000, "Fast and accurate computation of binomial probabilities").
 */
function deviance(x: number, mean: number): number {
  const difference = x - mean;
  if (Math.abs(difference) >= 0.1 * (x + mean)) {
    return x * Math.log(x / mean) - difference;
  }
  const ratio = difference / (x + mean);
  let sum = difference * ratio;
  let power = 2 * x * ratio;
  for (let j = 1; j < 1000; j++) {
    power *= ratio * ratio;
    const next = sum + power / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/**
 * ln P(Bin(n, p) = x), by Loader's saddle point.
 *
 * @param q 1 - p, without cancellation.
 */
function logBinomial(x: number, n: number, p: number, q: number): number {
  if (n === 0) return 0;
  if (x === 0) return n * (p < q ? Math.log1p(-p) : Math.log(q));
  if (x === n) return n * (q < p ? Math.log1p(-q) : Math.log(p));
  return stirlingError(n) - stirlingError(x) - stirlingError(n - x) -
    deviance(x, n * p) - deviance(n - x, n * q) +
    0.5 * Math.log(n / x / (n - x)) - HALF_LOG_2PI;
}

/** ln P(X = k), by Loader's saddle point; k must be possible. */
function logPoint({ N, K, n, k }: Draws): number {
  if (n === 0 || n === N) return 0;
  const [p, q] = [n / N, (N - n) / N];
  return logBinomial(k, K, p, q) + logBinomial(n - k, N - K, p, q) -
    logBinomial(n, N, p, q);
}

/** P(X = i + 1) / P(X = i). */
function ratioUp({ N, K, n }: Draws, i: number): number {
  return (K - i) * (n - i) / ((i + 1) * (N - K - n + i + 1));
}

/** The sum of P(X = i) / P(X = k) for i from k up or down, which falls. */
function relativeTail(draws: Draws, step: 1 | -1): number {
  const { N, K, n, k } = draws;
  const last = step === 1 ? Math.min(K, n) : Math.max(0, K + n - N);
  let [sum, term] = [1, 1];
  for (let i = k; i !== last; i += step) {
    term *= step === 1 ? ratioUp(draws, i) : 1 / ratioUp(draws, i - 1);
    const next = sum + term;
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/**
 * The probability of at least `k` marked ones among `n` drawn from `N`, of
 * which `K` are marked: P(X >= k) = sum over i >= k of C(K, i) C(N - K, n - i)
 * / C(N, n); R's `phyper(k - 1, K, N - K, n, lower.tail = FALSE)` and SciPy's
 * `hypergeom.sf(k - 1, N, K, n)`. The first term is taken in logarithms by
 * Loader's saddle point and the others relative to it, so that it keeps its
 * digits however small it is.
 *
 * @returns The smallest double (about 5e-324) where it is smaller, never 0
 * unless `k` is impossible.
 * @throws {RangeError} If the counts are not whole numbers that go together.
 *
 * @example
 * ```ts
 * import { hypergeometricTail } from "./hypergeometric.ts";
 * // 2 of 3 cards drawn from 10 are aces, of which there are 4.
 * const p = hypergeometricTail({ N: 10, K: 4, n: 3, k: 2 });
 * console.assert(Math.abs(p - 1 / 3) < 1e-15);
 * const rare = hypergeometricTail({ N: 30000, K: 200, n: 120, k: 110 });
 * console.assert(rare > 0 && rare < 1e-200);
 * ```
 */
export function hypergeometricTail(draws: Draws): number {
  checkDraws(draws);
  const { N, K, n, k } = draws;
  const least = Math.max(0, K + n - N);
  const most = Math.min(K, n);
  if (k <= least) return 1;
  if (k > most) return 0;
  // Above the mode the terms fall; below it the other tail's do.
  if (k >= (n + 1) * (K + 1) / (N + 2) - 1) {
    const tail = logPoint(draws) + Math.log(relativeTail(draws, 1));
    return Math.min(1, Math.max(Math.exp(tail), Number.MIN_VALUE));
  }
  const below = { ...draws, k: k - 1 };
  return 1 - Math.exp(logPoint(below)) * relativeTail(below, -1);
}

/**
 * The probability of exactly `k` marked ones among `n` drawn from `N`, of which
 * `K` are marked: C(K, k) C(N - K, n - k) / C(N, n); SciPy's
 * `hypergeom.pmf(k, N, K, n)`.
 *
 * @returns 0 if `k` is impossible.
 * @throws {RangeError} If the counts are not whole numbers that go together.
 *
 * @example
 * ```ts
 * import { hypergeometricPoint } from "./hypergeometric.ts";
 * const p = hypergeometricPoint({ N: 10, K: 4, n: 3, k: 2 });
 * console.assert(Math.abs(p - 0.3) < 1e-15);
 * ```
 */
export function hypergeometricPoint(draws: Draws): number {
  checkDraws(draws);
  const { N, K, n, k } = draws;
  const isPossible = k >= K + n - N && k <= Math.min(K, n);
  return isPossible ? Math.exp(logPoint(draws)) : 0;
}

/**
 * The two-sided p-value of Fisher's exact test: the sum of the probabilities of
 * all counts that are at most as likely as `k`, as SciPy's `fisher_exact` and
 * R's `fisher.test` have it. Counts whose probabilities differ by less than
 * 1e-10 of them are ties.
 *
 * @returns As for {@linkcode hypergeometricTail}.
 * @throws {RangeError} If the counts are not whole numbers that go together,
 * or `k` is impossible.
 *
 * @example
 * ```ts
 * import { fisherExact } from "./hypergeometric.ts";
 * // The lady tasting tea: 3 of 4 cups right.
 * const p = fisherExact({ N: 8, K: 4, n: 4, k: 3 });
 * console.assert(Math.abs(p - 34 / 70) < 1e-15);
 * ```
 */
export function fisherExact(draws: Draws): number {
  checkDraws(draws);
  const { N, K, n, k } = draws;
  const least = Math.max(0, K + n - N);
  const most = Math.min(K, n);
  if (k < least || k > most) {
    throw new RangeError(
      `Cannot test a table: ${k} marked draws are impossible and should be ` +
        `from ${least} to ${most}`,
    );
  }
  const own = logPoint(draws);
  // From k away from the mode all are less likely; on its other side those
  // from some count outward, which bisection finds.
  const isUpper = k >= (n + 1) * (K + 1) / (N + 2) - 1;
  const [step, far] = isUpper ? [1, least] as const : [-1, most] as const;
  const relative = (i: number) => logPoint({ ...draws, k: i }) - own;
  let sum = relativeTail(draws, step);
  if (far !== k && relative(far) <= TIE) {
    let [rare, common] = [far, k];
    while (Math.abs(common - rare) > 1) {
      const middle = (rare + common) >> 1;
      if (relative(middle) <= TIE) rare = middle;
      else common = middle;
    }
    sum += Math.exp(relative(rare)) *
      relativeTail({ ...draws, k: rare }, step === 1 ? -1 : 1);
  }
  return Math.min(1, Math.max(Math.exp(own + Math.log(sum)), Number.MIN_VALUE));
}

function checkDraws({ N, K, n, k }: Draws): void {
  const whole = [N, K, n, k].every((count) =>
    Number.isSafeInteger(count) && count >= 0
  );
  if (whole && K <= N && n <= N) return;
  throw new RangeError(
    `Cannot compute a hypergeometric probability: N ${N}, K ${K}, n ${n} and ` +
      `k ${k} must be whole numbers from 0, K and n at most N`,
  );
}
