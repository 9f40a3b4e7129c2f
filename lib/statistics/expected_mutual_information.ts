/** The mutual information that two partitions share by chance. */

/** ln n! for n = 0 .. limit. */
function logFactorials(limit: number): Float64Array {
  const logs = new Float64Array(limit + 1);
  for (let n = 2; n <= limit; n++) logs[n] = logs[n - 1] + Math.log(n);
  return logs;
}

/**
 * The exact mean of the mutual information, in nats, over all pairs of
 * partitions with parts of these sizes: Vinh, Epps and Bailey (2010), equation
 * 24a.
 *
 * @param classSizes Samples of each class, each at least 1.
 * @param clusterSizes Samples of each cluster, each at least 1; the same sum.
 * @throws {RangeError} If the sizes do not sum to the same.
 *
 * @example
 * ```ts
 * import { expectedMutualInformation } from "./expected_mutual_information.ts";
 * // Two pairs and two pairs: one arrangement in three has the same pairs.
 * const expected = expectedMutualInformation([2, 2], [2, 2]);
 * console.assert(Math.abs(expected - Math.LN2 / 3) < 1e-12);
 * ```
 */
export function expectedMutualInformation(
  classSizes: readonly number[],
  clusterSizes: readonly number[],
): number {
  const total = classSizes.reduce((sum, size) => sum + size, 0);
  if (clusterSizes.reduce((sum, size) => sum + size, 0) !== total) {
    throw new RangeError(
      "Cannot compute the expected mutual information: classes and clusters must hold equally many samples",
    );
  }
  const logFactorial = logFactorials(total);
  let expected = 0;
  // Parts of one size have the same terms: sum each pair of sizes once.
  for (const [a, aTimes] of tally(classSizes)) {
    for (const [b, bTimes] of tally(clusterSizes)) {
      const fixed = logFactorial[a] + logFactorial[b] +
        logFactorial[total - a] + logFactorial[total - b] -
        logFactorial[total];
      const first = Math.max(1, a + b - total);
      let sum = 0;
      for (let n = first; n <= Math.min(a, b); n++) {
        const logProbability = fixed - logFactorial[n] - logFactorial[a - n] -
          logFactorial[b - n] - logFactorial[total - a - b + n];
        sum += n / total * Math.log(total * n / (a * b)) *
          Math.exp(logProbability);
      }
      expected += aTimes * bTimes * sum;
    }
  }
  return expected;
}

function tally(sizes: readonly number[]): Map<number, number> {
  const times = new Map<number, number>();
  for (const size of sizes) times.set(size, (times.get(size) ?? 0) + 1);
  return times;
}
