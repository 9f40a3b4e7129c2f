/**
 * K-means from many random starts, of which the best is kept. A fast search of
 * our own finds it; from its means ml-kmeans makes the final clusters.
 */

import { kmeans } from "ml-kmeans";
import { RandomStream } from "../../random.ts";
import { distinctRows, firstEqualRows } from "../equal_rows.ts";
import { prepareLloyd } from "./lloyd.ts";
import { MOST_PAIRED, preparePairwiseLloyd } from "./pairwise_lloyd.ts";

/** The most dimensions in which the plain algorithm is fast. */
const MOST_PLAIN = 8;

export interface KMeansOptions {
  /** Clusters to find, at least 1. */
  readonly clusters: number;
  /** Random starts, of which the best counts (n_init); 100 by default. */
  readonly restarts?: number;
  /** Iterations after which a start is stopped; 10,000 by default. */
  readonly maxIterations?: number;
}

/** The best of all starts. */
export interface KMeansResult {
  /** The cluster of each point, in [0, clusters). */
  readonly assignments: Int32Array<ArrayBuffer>;
  /** Squared distances of the points to their clusters' means, summed. */
  readonly inertia: number;
}

/**
 * Prepares k-means (Lloyd's algorithm, Euclidean) for points that are clustered
 * with several seeds: what does not depend on the seed is computed once. Of
 * many random starts the one with the smallest inertia is kept, the first of
 * equals.
 *
 * A start is as many distinct points, drawn at random, as there are clusters.
 * Where there are fewer distinct points than clusters asked for, every
 * distinct point becomes a cluster, as in scikit-learn. Equal points are always
 * in the same cluster.
 *
 * @param points At least one point x dimensions, row-major, all finite.
 * @returns Clusters the points; the seed is that of the stream that draws the
 * starts.
 * @throws {RangeError} If a point is not finite.
 */
export function prepareKMeans(
  points: Float64Array,
  dimensions: number,
  options: KMeansOptions,
): (seed: number) => KMeansResult {
  const { restarts = 100, maxIterations = 10_000 } = options;
  const broken = points.findIndex((value) => !Number.isFinite(value));
  if (broken >= 0) {
    throw new RangeError(
      `Cannot cluster: point ${Math.floor(broken / dimensions)} holds ${
        points[broken]
      } and must be finite`,
    );
  }
  const count = points.length / dimensions;
  const distinct = distinctRows(firstEqualRows(points, dimensions));
  const clusters = Math.min(options.clusters, distinct.length);
  const prepare = dimensions > MOST_PLAIN && count <= MOST_PAIRED
    ? preparePairwiseLloyd
    : prepareLloyd;
  const lloyd = prepare(points, dimensions, clusters);
  const toRows = (values: Float64Array) =>
    Array.from(
      { length: values.length / dimensions },
      (_, row) =>
        Array.from(values.subarray(row * dimensions, (row + 1) * dimensions)),
    );
  const rows = toRows(points);

  /** The clusters' means, clusters x dimensions. */
  const meansOf = (clusterOf: Int32Array) => {
    const sizes = new Int32Array(clusters);
    const means = new Float64Array(clusters * dimensions);
    for (let point = 0; point < count; point++) {
      const cluster = clusterOf[point];
      sizes[cluster]++;
      for (let d = 0; d < dimensions; d++) {
        means[cluster * dimensions + d] += points[point * dimensions + d];
      }
    }
    for (let cluster = 0; cluster < clusters; cluster++) {
      for (let d = 0; d < dimensions; d++) {
        means[cluster * dimensions + d] /= sizes[cluster];
      }
    }
    return means;
  };

  /**
   * Squared distances to the clusters' means, summed; or any number that is
   * not below `limit`, if the sum is not.
   */
  const inertiaOf = (
    clusterOf: Int32Array,
    means: Float64Array,
    limit: number,
  ) => {
    let inertia = 0;
    for (let point = 0; point < count && inertia < limit; point++) {
      const start = point * dimensions;
      const mean = clusterOf[point] * dimensions;
      let square = 0;
      for (let d = 0; d < dimensions; d++) {
        const difference = points[start + d] - means[mean + d];
        square += difference * difference;
      }
      inertia += square;
    }
    return inertia;
  };

  return (seed) => {
    const stream = new RandomStream(seed);
    const assignments = new Int32Array(count);
    let means = new Float64Array();
    let hasConverged = false;
    let inertia = Infinity;
    for (let restart = 0; restart < restarts; restart++) {
      const starts = stream.sample(distinct.length, clusters)
        .map((index) => distinct[index]);
      const converged = lloyd.run(starts, maxIterations);
      if (lloyd.exceeds(inertia)) continue;
      const { clusterOf } = lloyd;
      const ownMeans = meansOf(clusterOf);
      const own = inertiaOf(clusterOf, ownMeans, inertia);
      if (!(own < inertia)) continue;
      inertia = own;
      means = ownMeans;
      hasConverged = converged;
      assignments.set(clusterOf);
    }
    if (inertia === Infinity) {
      throw new RangeError(
        "Cannot cluster: the points lie too far apart to square their distances",
      );
    }
    // A start that was stopped stays as it is: ml-kmeans would go on with it.
    if (hasConverged) {
      const { clusters: found } = kmeans(rows, clusters, {
        initialization: toRows(means),
        maxIterations,
        tolerance: 0,
      });
      assignments.set(found);
    }
    return { assignments, inertia };
  };
}
