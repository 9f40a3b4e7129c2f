// K-means from many starts.

import { drawFrom } from "./draw";
import { hartiganScratch, runHartigan } from "./hartigan";
import {
  moveCenters,
  panelsOf,
  putOnPoint,
  runLloyd,
  sumClusters,
  sumSquares,
} from "./lloyd";
import {
  CONVERGED,
  pairwiseScratch,
  runPairwise,
  STOPPED,
  UNDECIDED,
} from "./pairwise_lloyd";
import { drawSpread } from "./spread_starts";

/** Bytes up to a whole vector. */
@inline
function aligned(bytes: usize): usize {
  return (bytes + 15) & ~15;
}

/** Bytes that a search needs, beside its arguments: at least as many. */
export function searchScratch(
  count: f64,
  dimensions: f64,
  clusters: f64,
  paired: bool,
): f64 {
  return 2 * (clusters * dimensions * 8 + 16) + (clusters * 4 + 16) +
    (clusters * 8 + 16) + (count + 8) * (4 + 8) + (count * 4 + 16) +
    (paired
      ? max(pairwiseScratch(count, clusters), hartiganScratch(count, clusters))
      : 0);
}

/**
 * Clusters from many starts and keeps the clusters with the smallest inertia,
 * the first of equals: by Lloyd's algorithm from random points, or by Hartigan's
 * method from points drawn by `drawSpread`. The points are drawn by the
 * generator that `setRandomState` has set.
 *
 * @param distinct The points to start from, no two of which are equal.
 * @param distances As `runPairwise` takes them, as the tolerance; 0 for the
 * plain algorithm.
 * @param trials Of each start of Hartigan's method, which takes the distances;
 * 0 for Lloyd's algorithm.
 * @param centers The best clusters' means.
 * @param clusterOf Their points.
 * @param best Their inertia, and 1 if the run converged, else 0. If no inertia
 * is finite, it is infinite and nothing else is written.
 */
export function searchClusters(
  points: usize,
  count: i32,
  dimensions: i32,
  distinct: usize,
  distinctCount: i32,
  clusters: i32,
  restarts: i32,
  maxIterations: i32,
  distances: usize,
  tolerance: f64,
  trials: i32,
  scratch: usize,
  centers: usize,
  clusterOf: usize,
  best: usize,
): void {
  const row = <usize>dimensions << 3;
  const ownCenters = scratch;
  const sums = ownCenters + aligned(row * clusters);
  const sizes = sums + aligned(row * clusters);
  const inertias = sizes + aligned(<usize>clusters << 2);
  const owners = inertias + aligned(<usize>clusters << 3);
  const squares = owners + (<usize>panelsOf(count) << 5);
  const pool = squares + (<usize>panelsOf(count) << 6);
  const rest = pool + aligned(<usize>count << 2);
  let inertia = Infinity;
  for (let restart = 0; restart < restarts; restart++) {
    let end = UNDECIDED;
    memory.copy(pool, distinct, <usize>distinctCount << 2);
    if (
      trials > 0 &&
      drawSpread(
        distances, count, pool, distinctCount, clusters, trials, rest,
      )
    ) {
      end = runHartigan(
        distances, count, tolerance, pool, clusters, maxIterations, owners,
        sizes, inertias, rest,
      );
    } else {
      memory.copy(pool, distinct, <usize>distinctCount << 2);
      drawFrom(pool, distinctCount, clusters);
      if (trials == 0 && distances != 0) {
        end = runPairwise(
          distances, count, tolerance, pool, clusters, maxIterations, owners,
          sizes, inertias, rest,
        );
      }
    }
    // One at a time, equal points can come apart. Lloyd's algorithm joins them.
    const joins = trials > 0 && distinctCount < count && end == CONVERGED;
    if (end == UNDECIDED) {
      for (let cluster: usize = 0; cluster < <usize>clusters; cluster++) {
        const point = load<i32>(pool + (cluster << 2));
        putOnPoint(points, dimensions, point, ownCenters + cluster * row);
      }
    } else {
      let sum: f64 = 0;
      for (let cluster: usize = 0; cluster < <usize>clusters; cluster++) {
        sum += load<f64>(inertias + (cluster << 3));
      }
      // Certainly not the best.
      if (!joins && sum - <f64>count * tolerance > inertia) continue;
      sumClusters(points, count, dimensions, clusters, owners, sums, sizes);
      moveCenters(dimensions, ownCenters, clusters, sums, sizes);
    }
    if (end == UNDECIDED || joins) {
      const converged = runLloyd(
        points, count, dimensions, ownCenters, clusters, maxIterations, owners,
        sums, sizes, squares,
      );
      end = converged ? CONVERGED : STOPPED;
    }
    const own = sumSquares(
      points, count, dimensions, ownCenters, owners, inertia,
    );
    if (!(own < inertia)) continue;
    inertia = own;
    store<f64>(best, end == CONVERGED ? 1 : 0, 8);
    memory.copy(centers, ownCenters, <usize>clusters * row);
    memory.copy(clusterOf, owners, <usize>count << 2);
  }
  store<f64>(best, inertia);
}
