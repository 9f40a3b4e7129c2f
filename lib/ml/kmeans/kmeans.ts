/**
 * K-means from many random starts, of which the best is kept. Which one that
 * is, a quick search of our own finds; the clusters that it leads to are then
 * those of ml-kmeans.
 */

import { RandomStream } from "../../random.ts";
import { prepareLloyd } from "./lloyd.ts";
import { clusterFrom } from "./ml_kmeans.ts";
import { measurePairs, MOST_PAIRED, prepareByPairs } from "./pairwise_lloyd.ts";

/** The most dimensions in which distances to centers are quickly measured. */
const MOST_PLAIN = 8;

/** How to cluster. */
export interface KMeansOptions {
  /** Clusters to find, at least 1. */
  readonly clusters: number;
  /** Random starts, of which the best counts (n_init); 100 by default. */
  readonly restarts?: number;
  /** Iterations after which a start is given up as it is; 10,000 by default. */
  readonly maxIterations?: number;
  /** Seed of the stream that draws the starts. */
  readonly seed: number;
}

/** The best of all starts. */
export interface KMeansResult {
  /** The cluster of each point, in [0, clusters). */
  readonly assignments: Int32Array<ArrayBuffer>;
  /** Squared distances of the points to their clusters' means, summed. */
  readonly inertia: number;
  /** Clusters found: as many as asked for, or as there are different points. */
  readonly clusters: number;
}

function check(points: Float64Array, dimensions: number): void {
  if (!(dimensions >= 1) || points.length % dimensions !== 0) {
    throw new RangeError(
      `Cannot cluster: ${points.length} numbers are not whole points of ${dimensions}`,
    );
  }
  if (points.length === 0) {
    throw new RangeError("Cannot cluster: there is no point");
  }
  const broken = points.findIndex((value) => !Number.isFinite(value));
  if (broken >= 0) {
    throw new RangeError(
      `Cannot cluster: point ${Math.floor(broken / dimensions)} holds ${
        points[broken]
      } and must be finite`,
    );
  }
}

function checkCount(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new RangeError(
      `Cannot cluster: ${name} must be a whole number >= 1, not ${value}`,
    );
  }
}

/** The first point of every set of equal ones; -0 is 0. */
function differentPoints(points: Float64Array, dimensions: number): number[] {
  const areEqual = (one: number, other: number): boolean => {
    for (let d = 0; d < dimensions; d++) {
      if (points[one + d] !== points[other + d]) return false;
    }
    return true;
  };
  // A map takes -0 for 0, too.
  const seen = new Map<number, number[]>();
  const firsts: number[] = [];
  for (let start = 0; start < points.length; start += dimensions) {
    const alike = seen.get(points[start]);
    if (alike?.some((other) => areEqual(other, start))) continue;
    if (alike) alike.push(start);
    else seen.set(points[start], [start]);
    firsts.push(start / dimensions);
  }
  return firsts;
}

/**
 * Squared distances to the clusters' means, summed; or any number that is not
 * below `limit`, if the sum is not.
 */
function inertiaOf(
  points: Float64Array,
  dimensions: number,
  clusterOf: Int32Array,
  clusters: number,
  limit: number,
): number {
  const sizes = new Int32Array(clusters);
  const means = new Float64Array(clusters * dimensions);
  for (let point = 0; point < clusterOf.length; point++) {
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
  let inertia = 0;
  for (let point = 0; point < clusterOf.length && inertia < limit; point++) {
    const mean = clusterOf[point] * dimensions;
    let square = 0;
    for (let d = 0; d < dimensions; d++) {
      const apart = points[point * dimensions + d] - means[mean + d];
      square += apart * apart;
    }
    inertia += square;
  }
  return inertia;
}

/** Clusters the same points again and again, each time from another seed. */
export type KMeansRunner = (seed: number) => KMeansResult;

/**
 * Makes k-means ready for points that are to be clustered with several seeds:
 * what does not depend on the seed is worked out once.
 *
 * @param points Points x dimensions, row-major, all finite.
 * @param dimensions Numbers a point.
 * @returns What `bestKMeans` would find for a seed.
 * @throws {RangeError} If there is no point, one is not finite, or an option
 * is less than 1.
 */
export function prepareKMeans(
  points: Float64Array,
  dimensions: number,
  options: Omit<KMeansOptions, "seed">,
): KMeansRunner {
  const { restarts = 100, maxIterations = 10_000 } = options;
  check(points, dimensions);
  checkCount("clusters", options.clusters);
  checkCount("restarts", restarts);
  checkCount("maxIterations", maxIterations);
  const count = points.length / dimensions;
  const different = differentPoints(points, dimensions);
  const clusters = Math.min(options.clusters, different.length);
  const plain = prepareLloyd(points, dimensions, clusters);
  const descent = dimensions > MOST_PLAIN && count <= MOST_PAIRED
    ? prepareByPairs(measurePairs(points, dimensions), clusters, plain)
    : plain;
  const rows = Array.from(
    { length: count },
    (_, point) =>
      Array.from(points.subarray(point * dimensions, (point + 1) * dimensions)),
  );
  return (seed) => {
    const stream = new RandomStream(seed);
    const assignments = new Int32Array(count);
    let best = new Uint32Array();
    let inertia = Infinity;
    for (let restart = 0; restart < restarts; restart++) {
      const starts = stream.sample(different.length, clusters)
        .map((index) => different[index]);
      descent.descend(starts, maxIterations);
      if (descent.reaches(inertia)) continue;
      const { clusterOf } = descent;
      const spread = inertiaOf(
        points,
        dimensions,
        clusterOf,
        clusters,
        inertia,
      );
      if (!(spread < inertia)) continue;
      inertia = spread;
      best = starts;
      assignments.set(clusterOf);
    }
    if (inertia === Infinity) {
      throw new RangeError(
        "Cannot cluster: the points lie too far apart to square their distances",
      );
    }
    const centers = Array.from(best, (point) => rows[point]);
    const found = clusterFrom(rows, centers, maxIterations);
    if (found.some((cluster, point) => cluster !== assignments[point])) {
      throw new Error(
        "Cannot cluster: the quick search and ml-kmeans found other clusters " +
          "from the same start, and must find the same",
      );
    }
    return { assignments, inertia, clusters };
  };
}

/**
 * Clusters points by k-means (Lloyd's algorithm, Euclidean) from many random
 * starts and keeps the one with the smallest inertia, the first of equals.
 *
 * A start is as many different points, drawn at random, as there are
 * clusters. Where fewer points differ than clusters are asked for, every
 * different point becomes a cluster of its own.
 *
 * @param points Points x dimensions, row-major, all finite.
 * @param dimensions Numbers a point.
 * @throws {RangeError} If there is no point, one is not finite, or an option
 * is less than 1.
 */
export function bestKMeans(
  points: Float64Array,
  dimensions: number,
  options: KMeansOptions,
): KMeansResult {
  return prepareKMeans(points, dimensions, options)(options.seed);
}
