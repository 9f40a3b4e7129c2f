/** K-means from many random starts, of which the best is kept. */

import { kmeans } from "ml-kmeans";
import { RandomStream } from "../run/random.ts";

/** Dimensions after which a distance is looked at whether it can still win. */
const STRIDE = 16;

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
  // ml-kmeans would run on with NaN and crash later.
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

function squaredDistance(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += (a[d] - b[d]) ** 2;
  return sum;
}

/** Whether two points are the same one; -0 is 0. */
function areEqual(a: readonly number[], b: readonly number[]): boolean {
  for (let d = 0; d < a.length; d++) if (a[d] !== b[d]) return false;
  return true;
}

/** The first point of every set of equal ones. */
function differentPoints(rows: readonly number[][]): number[] {
  // A map takes -0 for 0, too.
  const seen = new Map<number, number[]>();
  const firsts: number[] = [];
  rows.forEach((row, index) => {
    const alike = seen.get(row[0]);
    if (alike?.some((other) => areEqual(rows[other], row))) return;
    if (alike) alike.push(index);
    else seen.set(row[0], [index]);
    firsts.push(index);
  });
  return firsts;
}

/**
 * Squared distances for the search of the nearest centre. A distance that has
 * grown as large as the smallest one from the same point is given up: the
 * centre cannot be the nearest, and ml-kmeans asks for nothing else. Every
 * smaller one is summed to its end and in order, so that the clusters are the
 * same to the last bit.
 */
function nearestFirst(): (
  a: readonly number[],
  b: readonly number[],
) => number {
  let point: readonly number[] | undefined;
  let smallest = Infinity;
  return (a, b) => {
    if (a !== point) {
      point = a;
      smallest = Infinity;
    }
    const { length } = a;
    let sum = 0;
    for (let d = 0; d < length;) {
      const end = Math.min(length, d + STRIDE);
      for (; d < end; d++) {
        const apart = a[d] - b[d];
        sum += apart * apart;
      }
      if (sum >= smallest) return sum;
    }
    smallest = sum;
    return sum;
  };
}

/**
 * One descent of Lloyd's algorithm. ml-kmeans leaves an empty cluster's
 * centre where it was; here it is moved to the point that lies farthest from
 * its own centre, as scikit-learn does, and the descent goes on.
 */
function descend(
  rows: number[][],
  starts: number[][],
  maxIterations: number,
): number[] {
  let centres = starts;
  while (true) {
    const { clusters, centroids } = kmeans(rows, centres.length, {
      initialization: centres,
      maxIterations,
      tolerance: 0,
      ...(rows[0].length > STRIDE && { distanceFunction: nearestFirst() }),
    });
    const sizes = new Int32Array(centroids.length);
    for (const cluster of clusters) sizes[cluster]++;
    if (!sizes.includes(0)) return clusters;
    const distances = rows.map((row, point) =>
      squaredDistance(row, centroids[clusters[point]])
    );
    centres = centroids.map((centroid, cluster) => {
      if (sizes[cluster] > 0) return centroid;
      const farthest = distances.indexOf(Math.max(...distances));
      distances[farthest] = -1;
      return rows[farthest];
    });
  }
}

/** Squared distances to the clusters' means, from the assignments alone. */
function inertiaOf(
  points: Float64Array,
  dimensions: number,
  assignments: readonly number[],
  clusters: number,
): number {
  const sizes = new Int32Array(clusters);
  const means = new Float64Array(clusters * dimensions);
  for (let point = 0; point < assignments.length; point++) {
    const cluster = assignments[point];
    sizes[cluster]++;
    for (let d = 0; d < dimensions; d++) {
      means[cluster * dimensions + d] += points[point * dimensions + d];
    }
  }
  for (let at = 0; at < means.length; at++) {
    means[at] /= sizes[Math.floor(at / dimensions)];
  }
  let inertia = 0;
  for (let point = 0; point < assignments.length; point++) {
    const mean = assignments[point] * dimensions;
    let square = 0;
    for (let d = 0; d < dimensions; d++) {
      const apart = points[point * dimensions + d] - means[mean + d];
      square += apart * apart;
    }
    inertia += square;
  }
  return inertia;
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
 *
 * @example
 * ```ts
 * import { bestKMeans } from "./kmeans.ts";
 * const points = Float64Array.of(0, 1, 10, 11);
 * const { assignments, inertia } = bestKMeans(points, 1, {
 *   clusters: 2,
 *   seed: 42,
 * });
 * console.assert(assignments[0] === assignments[1]);
 * console.assert(assignments[1] !== assignments[2]);
 * console.assert(inertia === 1);
 * ```
 */
export function bestKMeans(
  points: Float64Array,
  dimensions: number,
  options: KMeansOptions,
): KMeansResult {
  const { restarts = 100, maxIterations = 10_000 } = options;
  check(points, dimensions);
  checkCount("clusters", options.clusters);
  checkCount("restarts", restarts);
  checkCount("maxIterations", maxIterations);
  const rows = Array.from(
    { length: points.length / dimensions },
    (_, point) =>
      Array.from(
        points.subarray(point * dimensions, (point + 1) * dimensions),
      ),
  );
  const different = differentPoints(rows);
  const clusters = Math.min(options.clusters, different.length);
  const stream = new RandomStream(options.seed);
  let best: number[] = [];
  let inertia = Infinity;
  for (let restart = 0; restart < restarts; restart++) {
    const starts = Array.from(
      stream.sample(different.length, clusters),
      (index) => rows[different[index]],
    );
    const found = descend(rows, starts, maxIterations);
    const spread = inertiaOf(points, dimensions, found, clusters);
    if (spread < inertia) [best, inertia] = [found, spread];
  }
  return { assignments: Int32Array.from(best), inertia, clusters };
}
