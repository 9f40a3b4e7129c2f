/** Several rankings made into one: robust rank aggregation. */

import { countAtMost, countBelow } from "./count_below.ts";

/**
 * The rho score of robust rank aggregation (Kolde et al. 2012,
 * doi:10.1093/bioinformatics/btr709): the smallest probability, over k, that
 * the k-th best of as many ranks drawn at random is as good as the k-th best
 * one here. It is small where some of the rankings, not all, have the item
 * near the top. As `betaScores` of the R package RobustRankAggreg and their
 * minimum.
 *
 * @param ranks One a ranking: rank / items, in (0, 1]; 1 where an item is not
 * ranked. Is sorted in place.
 * @returns In [0, 1]; 1 without a rank.
 *
 * @example
 * ```ts
 * import { rhoScore } from "./rank_aggregation.ts";
 * // The best of two is 0.1 or less with the probability 1 - 0.9^2.
 * const rho = rhoScore(new Float64Array([0.9, 0.1]));
 * console.assert(Math.abs(rho - 0.19) < 1e-15);
 * ```
 */
export function rhoScore(ranks: Float64Array): number {
  ranks.sort();
  let least = 1;
  for (let k = 1; k <= ranks.length; k++) {
    least = Math.min(least, orderStatisticTail(ranks[k - 1], k, ranks.length));
  }
  return least;
}

/**
 * The probability that at least `k` of `n` uniform numbers are at most `x`,
 * which is the distribution function of Beta(k, n - k + 1). A sum of positive
 * terms: also a small one has all its digits.
 */
function orderStatisticTail(x: number, k: number, n: number): number {
  if (x >= 1) return 1;
  const rest = 1 - x;
  // The term of exactly n, then of one fewer each.
  let power = x ** n;
  let binomial = 1;
  let sum = 0;
  for (let j = n; j >= k; j--) {
    sum += binomial * power;
    binomial *= j / (n - j + 1);
    power *= rest / x;
  }
  return Math.min(1, sum);
}

/**
 * Ranks by score divided by the number of items: the largest score first, equal
 * ones share the mean of their ranks.
 *
 * @param scores By item; NaN for one that is not ranked, which gets 1.
 *
 * @example
 * ```ts
 * import { normalizedRanks } from "./rank_aggregation.ts";
 * const ranks = normalizedRanks([7, 9, NaN, 7]);
 * console.assert(ranks.join() === "0.625,0.25,1,0.625");
 * ```
 */
export function normalizedRanks(scores: ArrayLike<number>): Float64Array {
  const items = scores.length;
  const sorted = new Float64Array(items);
  let count = 0;
  for (let item = 0; item < items; item++) {
    if (!Number.isNaN(scores[item])) sorted[count++] = scores[item];
  }
  // Numbers alone are sorted several times as fast as by a comparison.
  const ascending = sorted.subarray(0, count).sort();
  const ranks = new Float64Array(items).fill(1);
  for (let item = 0; item < items; item++) {
    const score = scores[item];
    if (Number.isNaN(score)) continue;
    const from = countBelow(ascending, score);
    const to = countAtMost(ascending, score);
    // The mean of the ranks from count - to + 1 to count - from.
    ranks[item] = (2 * count - from - to + 1) / 2 / items;
  }
  return ranks;
}
