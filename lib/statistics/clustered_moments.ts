/** Mean and variance of values that come in clusters of related ones. */

import type { GroupMoments } from "./welch_t.ts";

/**
 * The intraclass correlation by analysis of variance: of the variance within
 * groups, the share that lies between their clusters, at least 0. Clusters are
 * nested in groups, so that what differs between groups is no part of it:
 *
 *     k = sum over groups (n - sum of n_c² / n) / (clusters - groups)
 *     between = (MS between clusters - MS within clusters) / k
 *     correlation = between / (between + MS within clusters)
 *
 * (Donner and Koval 1980, doi:10.2307/2530491, for one group.)
 *
 * @param groups For each group, the moments of its clusters.
 * @returns Null if it cannot be known: no group has two clusters, or no
 * cluster has two values. 0 if nothing varies.
 *
 * @example
 * ```ts
 * import { intraclassCorrelation } from "./clustered_moments.ts";
 * // 0, 2 and 4, 6: squares between 16, within 4 of 2 degrees of freedom.
 * const clusters = [
 *   { count: 2, mean: 1, squares: 2 },
 *   { count: 2, mean: 5, squares: 2 },
 * ];
 * const found = intraclassCorrelation([clusters])!;
 * console.assert(Math.abs(found - 7 / 9) < 1e-15);
 * console.assert(intraclassCorrelation([[clusters[0]]]) === null);
 * ```
 */
export function intraclassCorrelation(
  groups: readonly (readonly GroupMoments[])[],
): number | null {
  let squaresWithin = 0;
  let freedomWithin = 0;
  let squaresBetween = 0;
  let freedomBetween = 0;
  let size = 0;
  for (const clusters of groups) {
    if (clusters.length < 2) continue;
    const { count, mean, sizes } = totalOf(clusters);
    for (const cluster of clusters) {
      squaresWithin += cluster.squares;
      freedomWithin += cluster.count - 1;
      squaresBetween += cluster.count * (cluster.mean - mean) ** 2;
    }
    freedomBetween += clusters.length - 1;
    size += count - sizes / count;
  }
  if (freedomBetween === 0 || freedomWithin === 0) return null;
  const within = squaresWithin / freedomWithin;
  const between = (squaresBetween / freedomBetween - within) /
    (size / freedomBetween);
  return between > 0 ? between / (between + within) : 0;
}

/**
 * What Welch's t is to know of a group whose values are correlated within its
 * clusters: as `count` the number of independent values that say as much, the
 * effective sample size (Kish 1965, Survey Sampling, section 5.4)
 *
 *     n_eff = sum over clusters n_c / (1 + (n_c - 1) correlation)
 *
 * as `mean` the mean of the clusters' means with these weights, and as
 * `squares` (n_eff - 1) times the variance
 *
 *     s² = sum of squares / (n - 1 - correlation (sum of n_c² / n - 1))
 *
 * which is unbiased for clustered values. With a correlation of 0 these are the
 * moments of all values, with 1 those of the clusters' means.
 *
 * @param clusters At least one.
 * @param correlation Of two values of a cluster, in [0, 1].
 *
 * @example
 * ```ts
 * import { clusteredMoments } from "./clustered_moments.ts";
 * const clusters = [
 *   { count: 2, mean: 1, squares: 2 },
 *   { count: 2, mean: 5, squares: 2 },
 * ];
 * console.assert(clusteredMoments(clusters, 0).count === 4);
 * console.assert(clusteredMoments(clusters, 0).squares === 20);
 * console.assert(clusteredMoments(clusters, 1).count === 2);
 * ```
 */
export function clusteredMoments(
  clusters: readonly GroupMoments[],
  correlation: number,
): GroupMoments {
  const total = totalOf(clusters);
  let effective = 0;
  let weighted = 0;
  let squares = 0;
  for (const { count, mean, squares: own } of clusters) {
    const weight = count / (1 + (count - 1) * correlation);
    effective += weight;
    weighted += weight * mean;
    squares += own + count * (mean - total.mean) ** 2;
  }
  const freedom = total.count - 1 -
    correlation * (total.sizes / total.count - 1);
  // A single cluster of equal values says as much as one value.
  const variance = freedom > 0 ? squares / freedom : 0;
  return {
    count: effective,
    mean: weighted / effective,
    squares: (effective - 1) * variance,
  };
}

/** All values together. */
function totalOf(clusters: readonly GroupMoments[]): {
  readonly count: number;
  readonly mean: number;
  /** Sum of the squared sizes of the clusters. */
  readonly sizes: number;
} {
  let count = 0;
  let sum = 0;
  let sizes = 0;
  for (const cluster of clusters) {
    count += cluster.count;
    sum += cluster.count * cluster.mean;
    sizes += cluster.count ** 2;
  }
  return { count, mean: sum / count, sizes };
}
