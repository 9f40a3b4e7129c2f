/** Exact binomial probabilities: an interval, and McNemar's test. */

/** ln of 0!, 1!, 2! ..., as far as they were asked for. */
const logFactorials: number[] = [0];

function logFactorial(n: number): number {
  for (let next = logFactorials.length; next <= n; next++) {
    logFactorials.push(logFactorials[next - 1] + Math.log(next));
  }
  return logFactorials[n];
}

/**
 * The probability of at most `successes` in `trials` independent trials.
 *
 * @param probability Of a success, in [0, 1].
 * @throws {RangeError} If the counts are not whole numbers with
 * 0 <= successes <= trials.
 *
 * @example
 * ```ts
 * import { binomialCdf } from "./binomial.ts";
 * console.assert(Math.abs(binomialCdf(1, 3, 0.5) - 0.5) < 1e-15);
 * ```
 */
export function binomialCdf(
  successes: number,
  trials: number,
  probability: number,
): number {
  if (
    !Number.isSafeInteger(successes) || !Number.isSafeInteger(trials) ||
    successes < 0 || successes > trials
  ) {
    throw new RangeError(
      `Cannot compute a binomial probability: ${successes} of ${trials} must be whole numbers, from 0 to all`,
    );
  }
  if (successes === trials || probability === 0) return 1;
  if (probability === 1) return 0;
  const logP = Math.log(probability);
  const logQ = Math.log1p(-probability);
  let sum = 0;
  for (let count = 0; count <= successes; count++) {
    sum += Math.exp(
      logFactorial(trials) - logFactorial(count) -
        logFactorial(trials - count) + count * logP + (trials - count) * logQ,
    );
  }
  return Math.min(1, sum);
}

/**
 * The exact two-sided interval of a binomial probability (Clopper and Pearson
 * 1934, doi:10.1093/biomet/26.4.404), as in SciPy's
 * `binomtest(k, n).proportion_ci(method="exact")`. It covers the probability
 * at least as often as the level says.
 *
 * @param level Of confidence, by default 0.95.
 * @throws {RangeError} If there is no trial, or the counts do not go together.
 *
 * @example
 * ```ts
 * import { clopperPearson } from "./binomial.ts";
 * const { low, high } = clopperPearson(0, 10);
 * console.assert(low === 0 && Math.abs(high - 0.30849710781876083) < 1e-12);
 * ```
 */
export function clopperPearson(
  successes: number,
  trials: number,
  level = 0.95,
): { readonly low: number; readonly high: number } {
  if (!(trials >= 1)) {
    throw new RangeError("Cannot compute a binomial interval: no trial");
  }
  const tail = (1 - level) / 2;
  return {
    low: successes === 0
      ? 0
      : solve((p) => 1 - binomialCdf(successes - 1, trials, p) < tail),
    high: successes === trials
      ? 1
      : solve((p) => binomialCdf(successes, trials, p) > tail),
  };
}

/** Where a statement that is true from 0 on becomes false, by bisection. */
function solve(holds: (p: number) => boolean): number {
  let low = 0;
  let high = 1;
  // Halving ends where no double lies between the two.
  for (let middle = 0.5; middle > low && middle < high;) {
    if (holds(middle)) low = middle;
    else high = middle;
    middle = (low + high) / 2;
  }
  return high;
}

/**
 * The exact p-value of McNemar's test: whether two classifiers are right
 * equally often on the same samples. Of the samples that only one of them gets
 * right, as many should be the first's as the second's:
 * 2 P(Bin(b + c, 1/2) <= min(b, c)), at most 1 (McNemar 1947,
 * doi:10.1007/BF02295996). Two-sided.
 *
 * @param onlyFirst Samples that only the first gets right (b).
 * @param onlySecond Samples that only the second gets right (c).
 *
 * @example
 * ```ts
 * import { exactMcNemar } from "./binomial.ts";
 * console.assert(exactMcNemar(0, 0) === 1);
 * console.assert(Math.abs(exactMcNemar(0, 5) - 0.0625) < 1e-15);
 * ```
 */
export function exactMcNemar(onlyFirst: number, onlySecond: number): number {
  const fewer = Math.min(onlyFirst, onlySecond);
  return Math.min(1, 2 * binomialCdf(fewer, onlyFirst + onlySecond, 0.5));
}
