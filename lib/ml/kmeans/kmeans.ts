/**
 * K-means from many starts, of which the best is kept. A fast search of our own
 * finds it; from its means ml-kmeans makes the final clusters.
 */

import { kmeans } from "ml-kmeans";
import { RandomStream } from "../../random.ts";
import { distinctRows, firstEqualRows } from "../equal_rows.ts";
import { mlKernels } from "../kernels/module.ts";
import { placeArrays } from "../kernels/place_arrays.ts";
import type { KMeansMethod } from "./methods.ts";
import { MOST_PAIRED } from "./most_paired.ts";
import { distancesInPanels, toPanels } from "./panels.ts";

/** The most dimensions in which distances to centers are computed one by one. */
const MOST_PLAIN = 8;

/**
 * Squared distances that differ by less than this share of the largest count as
 * equal. Roundings, of the means in the plain algorithm and of the sums in the
 * pairwise one, stay below a tenth of it: a sum takes less than a million
 * additions.
 */
const TIE_TOLERANCE = 1e-9;

export interface KMeansOptions {
  /** Clusters to find, at least 1. */
  readonly clusters: number;
  /** Random starts, of which the best counts (n_init); 100 by default. */
  readonly restarts?: number;
  /** Iterations after which a start is stopped; 10,000 by default. */
  readonly maxIterations?: number;
  /** `lloyd` by default. */
  readonly method?: KMeansMethod;
}

/** The best of all starts. */
export interface KMeansResult {
  /** The cluster of each point, in [0, clusters). */
  readonly assignments: Int32Array<ArrayBuffer>;
  /** Squared distances of the points to their clusters' means, summed. */
  readonly inertia: number;
}

/**
 * Prepares k-means (Euclidean) for points that are clustered with several
 * seeds: what does not depend on the seed is computed once. Of many starts the
 * one with the smallest inertia is kept, the first of equals.
 *
 * - `lloyd`: Lloyd's algorithm (1982). A start is as many distinct points, drawn
 *   at random, as there are clusters.
 * - `hartigan`: Hartigan's method (1975), which moves points one at a time and
 *   stops in far fewer local optima, all of which are Lloyd's, too (Telgarsky
 *   and Vattani 2010). Starts are drawn by greedy k-means++, as by scikit-learn.
 *   It takes the distances of all pairs of points; with more than 4,096 points
 *   Lloyd's algorithm runs instead.
 *
 * Where there are fewer distinct points than clusters asked for, every
 * distinct point becomes a cluster, as in scikit-learn. Equal points are always
 * in the same cluster. A center that no point is nearest to is moved to the
 * point farthest from its own center, as scikit-learn does.
 *
 * @param points At least one point x dimensions, row-major, all finite.
 * @returns Clusters the points; the seed is that of the stream that draws the
 * starts.
 * @throws {RangeError} If there is no point, a point is not whole or not
 * finite, or an option is not a whole number >= 1.
 */
export function prepareKMeans(
  points: Float64Array,
  dimensions: number,
  options: KMeansOptions,
): (seed: number) => KMeansResult {
  const {
    clusters: wanted,
    restarts = 100,
    maxIterations = 10_000,
    method = "lloyd",
  } = options;
  checkSizes(points, { dimensions, clusters: wanted, restarts, maxIterations });
  const count = points.length / dimensions;
  const distinct = distinctRows(firstEqualRows(points, dimensions));
  const clusters = Math.min(wanted, distinct.length);
  const panels = toPanels(points, dimensions);
  const takesPairs = method === "hartigan" || dimensions > MOST_PLAIN;
  const pairs = takesPairs && count <= MOST_PAIRED
    ? distancesInPanels(panels, count, dimensions)
    : null;
  // No sum over all pairs may overflow.
  const paired = pairs !== null && Number.isFinite(pairs.scale * count * count);
  const distances = paired ? pairs.distances : new Float64Array();
  const tolerance = paired ? TIE_TOLERANCE * pairs.scale : 0;
  const trials = paired && method === "hartigan"
    ? 2 + Math.floor(Math.log(clusters))
    : 0;
  // A loop: `Array.from` takes several times as long.
  const toRows = (values: Float64Array) =>
    Array.from({ length: values.length / dimensions }, (_, row) => {
      const copy = new Array<number>(dimensions);
      for (let at = 0; at < dimensions; at++) {
        copy[at] = values[row * dimensions + at];
      }
      return copy;
    });
  const rows = toRows(points);

  return (seed) => {
    const kernels = mlKernels();
    const bytes = kernels.searchScratch(count, dimensions, clusters, +paired);
    const placed = placeArrays({
      panels: ["f64", panels.length],
      distances: ["f64", distances.length],
      distinct: ["i32", distinct.length],
      scratch: ["f64", Math.ceil(bytes / Float64Array.BYTES_PER_ELEMENT)],
      means: ["f64", clusters * dimensions],
      clusterOf: ["i32", count],
      best: ["f64", 2],
      state: ["i32", 4],
    });
    placed.panels.set(panels);
    placed.distances.set(distances);
    placed.distinct.set(distinct);
    placed.state.set(new RandomStream(seed).state());
    kernels.setRandomState(placed.state.byteOffset);
    kernels.searchClusters(
      placed.panels.byteOffset,
      count,
      dimensions,
      placed.distinct.byteOffset,
      distinct.length,
      clusters,
      restarts,
      maxIterations,
      paired ? placed.distances.byteOffset : 0,
      tolerance,
      trials,
      placed.scratch.byteOffset,
      placed.means.byteOffset,
      placed.clusterOf.byteOffset,
      placed.best.byteOffset,
    );
    const [inertia, hasConverged] = placed.best;
    if (inertia === Infinity) {
      throw new RangeError(
        "Cannot cluster: the points lie too far apart to square their distances",
      );
    }
    const assignments = placed.clusterOf.slice();
    // A start that was stopped stays as it is: ml-kmeans would go on with it.
    if (hasConverged === 1) {
      const { clusters: found } = kmeans(rows, clusters, {
        initialization: toRows(placed.means),
        maxIterations,
        tolerance: 0,
      });
      assignments.set(found);
    }
    return { assignments, inertia };
  };
}

function checkSizes(
  points: Float64Array,
  counts: Required<Omit<KMeansOptions, "method">> & {
    readonly dimensions: number;
  },
): void {
  for (const [name, value] of Object.entries(counts)) {
    if (!Number.isInteger(value) || value < 1 || value > 0x7fffffff) {
      throw new RangeError(
        `Cannot cluster: ${name} must be a whole number >= 1, not ${value}`,
      );
    }
  }
  const { dimensions } = counts;
  if (points.length === 0 || points.length % dimensions !== 0) {
    throw new RangeError(
      `Cannot cluster: ${points.length} numbers are not whole points of ${dimensions}`,
    );
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
