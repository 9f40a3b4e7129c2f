/** How many draws give the same standard error as others do. */

import { mean, sampleSd } from "../../lib/statistics/describe.ts";

/**
 * The mean variance of a number between explanations.
 *
 * @param explanations At least two; each the same numbers, tissue by tissue.
 */
export function meanVariance(
  explanations: readonly (readonly Float64Array[])[],
): number {
  const [first] = explanations;
  return mean(
    first.flatMap((numbers, tissue) =>
      Array.from(
        numbers,
        (_, index) =>
          sampleSd(explanations.map((one) => one[tissue][index])) ** 2,
      )
    ),
  );
}

/**
 * The number of draws that gives a variance, between two measured ones on the
 * line through their logarithms, beyond them on the line through the nearest
 * two; rounded to tens, the blocks of a sample's draws, and at least 10.
 *
 * @param counts At least two numbers of draws, ascending.
 * @param variances The variance with each, falling.
 * @param wanted The variance to reach.
 */
export function equalErrorDraws(
  counts: readonly number[],
  variances: readonly number[],
  wanted: number,
): number {
  const after = variances.findIndex((variance) => variance <= wanted);
  const right = after === -1 ? counts.length - 1 : Math.max(1, after);
  const [x0, x1] = [counts[right - 1], counts[right]].map(Math.log);
  const [y0, y1] = [variances[right - 1], variances[right]].map(Math.log);
  const draws = Math.exp(
    x0 + (x1 - x0) * (Math.log(wanted) - y0) / (y1 - y0),
  );
  return Math.max(10, 10 * Math.round(draws / 10));
}
