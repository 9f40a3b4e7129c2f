/** Lloyd's algorithm for k-means, for many starts on the same points. */

import {
  type Clustering,
  findNearest,
  findNearestInPlane,
} from "./nearest_center.ts";

/** Finds the clusters that a start leads to. */
export interface Lloyd {
  /** The cluster of each point after the last run. */
  readonly clusterOf: Int32Array;
  /**
   * Runs from centers that lie on points until no center moves.
   *
   * @param starts The points, one per cluster, all distinct.
   * @param maxIterations Iterations after which the run is stopped.
   * @returns Whether it converged.
   */
  run(starts: ArrayLike<number>, maxIterations: number): boolean;
  /**
   * Whether the inertia is certainly above a limit; false where this is not
   * known.
   */
  exceeds(limit: number): boolean;
}

/**
 * Prepares the plain algorithm for points. A center that no point is nearest
 * to is moved to the point farthest from its own center, as scikit-learn does,
 * and the run goes on.
 *
 * @param points Points x dimensions, row-major, all finite.
 * @param dimensions Numbers per point.
 * @param clusters At most as many as there are distinct points.
 */
export function prepareLloyd(
  points: Float64Array,
  dimensions: number,
  clusters: number,
): Lloyd {
  const count = points.length / dimensions;
  const centers = new Float64Array(clusters * dimensions);
  const clusterOf = new Int32Array(count);
  const isMoved = new Uint8Array(clusters);
  const moved = new Int32Array(clusters);
  const clustering: Clustering = {
    points,
    dimensions,
    centers,
    clusterOf,
    squareOf: new Float64Array(count),
    isMoved,
    moved,
  };
  const means = new Float64Array(clusters * dimensions);
  const sizes = new Int32Array(clusters);
  // The clusters that gained or lost a point.
  const changed = new Uint8Array(clusters);
  const search = dimensions === 2 ? findNearestInPlane : findNearest;
  const markChanged = (from: number, to: number) => {
    changed[from] = 1;
    changed[to] = 1;
  };

  const putOnPoint = (cluster: number, point: number) => {
    const start = point * dimensions;
    centers.set(
      points.subarray(start, start + dimensions),
      cluster * dimensions,
    );
  };

  /** Sums and sizes of the changed clusters, in the order of the points. */
  const sumChanged = () => {
    for (let cluster = 0; cluster < clusters; cluster++) {
      if (changed[cluster] === 0) continue;
      sizes[cluster] = 0;
      const center = cluster * dimensions;
      means.fill(0, center, center + dimensions);
    }
    for (let point = 0; point < count; point++) {
      const cluster = clusterOf[point];
      if (changed[cluster] === 0) continue;
      sizes[cluster]++;
      const start = point * dimensions;
      const center = cluster * dimensions;
      for (let d = 0; d < dimensions; d++) {
        means[center + d] += points[start + d];
      }
    }
  };

  /**
   * Moves the centers of the changed clusters to their means; one without
   * points stays.
   *
   * @returns How many moved, or -1 if the squares of all moves are 0.
   */
  const moveCenters = (): number => {
    sumChanged();
    let count = 0;
    let converged = true;
    for (let cluster = 0; cluster < clusters; cluster++) {
      isMoved[cluster] = 0;
      if (changed[cluster] === 0 || sizes[cluster] === 0) continue;
      const start = cluster * dimensions;
      let differs = false;
      let square = 0;
      for (let index = start; index < start + dimensions; index++) {
        const mean = means[index] / sizes[cluster];
        const difference = mean - centers[index];
        square += difference * difference;
        if (difference !== 0) differs = true;
        centers[index] = mean;
      }
      if (square > 0) converged = false;
      if (!differs) continue;
      isMoved[cluster] = 1;
      moved[count++] = cluster;
    }
    return converged ? -1 : count;
  };

  /** Iterates from the centers as they are; whether it converged. */
  const iterate = (maxIterations: number): boolean => {
    clusterOf.fill(0);
    isMoved.fill(1);
    for (let cluster = 0; cluster < clusters; cluster++) {
      moved[cluster] = cluster;
    }
    search(clustering, clusters, markChanged);
    changed.fill(1);
    for (let iteration = 1;; iteration++) {
      const count = moveCenters();
      if (count < 0) return true;
      if (iteration === maxIterations) return false;
      changed.fill(0);
      search(clustering, count, markChanged);
    }
  };

  const fillEmpty = () => {
    const squares = new Float64Array(count);
    for (let point = 0; point < count; point++) {
      const start = point * dimensions;
      const center = clusterOf[point] * dimensions;
      for (let d = 0; d < dimensions; d++) {
        const difference = points[start + d] - centers[center + d];
        squares[point] += difference * difference;
      }
    }
    sizes.forEach((size, cluster) => {
      if (size > 0) return;
      let farthest = 0;
      squares.forEach((square, point) => {
        if (square > squares[farthest]) farthest = point;
      });
      squares[farthest] = -1;
      putOnPoint(cluster, farthest);
    });
  };

  return {
    clusterOf,
    run(starts, maxIterations) {
      for (let cluster = 0; cluster < clusters; cluster++) {
        putOnPoint(cluster, starts[cluster]);
      }
      let converged = iterate(maxIterations);
      while (sizes.includes(0)) {
        fillEmpty();
        converged = iterate(maxIterations);
      }
      return converged;
    },
    exceeds: () => false,
  };
}
