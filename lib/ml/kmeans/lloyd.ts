/** Lloyd's algorithm for k-means, for many starts on the same points. */

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

/** Dimensions after which a sum is compared with the smallest one. */
const STRIDE = 8;

/** Far above the relative rounding error of a squared distance. */
const DISTANCE_TOLERANCE = 1e-9;

/** The squared distance of two points that start at these indices. */
export function squareBetween(
  points: Float64Array,
  point: number,
  others: Float64Array,
  other: number,
  dimensions: number,
): number {
  let square = 0;
  for (let d = 0; d < dimensions; d++) {
    const difference = points[point + d] - others[other + d];
    square += difference * difference;
  }
  return square;
}

/**
 * Prepares the plain algorithm for points. A center that no point is nearest
 * to is moved to the point farthest from its own center, as scikit-learn does,
 * and the run goes on.
 *
 * @param points Points x dimensions, row-major, all finite.
 * @param clusters At most as many as there are distinct points.
 */
export function prepareLloyd(
  points: Float64Array,
  dimensions: number,
  clusters: number,
): Lloyd {
  const count = points.length / dimensions;
  const centers = new Float64Array(clusters * dimensions);
  const sums = new Float64Array(clusters * dimensions);
  const sizes = new Int32Array(clusters);
  const clusterOf = new Int32Array(count);
  // Squared distance of each point to its center.
  const squareOf = new Float64Array(count);
  // The centers that moved in the last iteration: flags, and indices ascending.
  const isMoved = new Uint8Array(clusters);
  const moved = new Int32Array(clusters);
  // The clusters that gained or lost a point.
  const changed = new Uint8Array(clusters);

  const squareToCenter = (cluster: number, point: number) =>
    squareBetween(
      points,
      point * dimensions,
      centers,
      cluster * dimensions,
      dimensions,
    );

  const assign = (point: number, square: number, cluster: number) => {
    squareOf[point] = square;
    const before = clusterOf[point];
    if (cluster === before) return;
    changed[before] = 1;
    changed[cluster] = 1;
    clusterOf[point] = cluster;
  };

  /**
   * The nearest center of every point, the first of equals, after some centers
   * have moved. Where a point's own center stayed, only those that moved are
   * measured, as the others are as far as before. The clusters are those of a
   * full search to the last bit.
   *
   * The point's own center is measured first, as it mostly is still the
   * nearest, and any other sum stops once it is above the smallest; every
   * smaller one is summed to its end and in order.
   */
  const findNearest = (movedCenters: number) => {
    const strided = dimensions - dimensions % STRIDE;
    for (let point = 0; point < count; point++) {
      const start = point * dimensions;
      const own = clusterOf[point];
      const all = isMoved[own] === 1;
      let smallest = all ? squareToCenter(own, point) : squareOf[point];
      let nearest = own;
      const candidates = all ? clusters : movedCenters;
      for (let index = 0; index < candidates; index++) {
        const cluster = all ? index : moved[index];
        if (cluster === own) continue;
        const center = cluster * dimensions;
        let square = 0;
        let d = 0;
        while (d < strided && square <= smallest) {
          for (const end = d + STRIDE; d < end; d++) {
            const difference = points[start + d] - centers[center + d];
            square += difference * difference;
          }
        }
        if (square > smallest) continue;
        for (; d < dimensions; d++) {
          const difference = points[start + d] - centers[center + d];
          square += difference * difference;
        }
        if (square < smallest || (square === smallest && cluster < nearest)) {
          smallest = square;
          nearest = cluster;
        }
      }
      assign(point, smallest, nearest);
    }
  };

  /** Just below the squares of half the distances to the next centers. */
  const safeSquares = () => {
    const safe = new Float64Array(clusters).fill(Infinity);
    const share = (1 - DISTANCE_TOLERANCE) / 4;
    for (let one = 0; one < clusters; one++) {
      const x = centers[2 * one];
      const y = centers[2 * one + 1];
      for (let other = 0; other < one; other++) {
        const dx = x - centers[2 * other];
        const dy = y - centers[2 * other + 1];
        const square = share * (dx * dx + dy * dy);
        if (square < safe[one]) safe[one] = square;
        if (square < safe[other]) safe[other] = square;
      }
    }
    return safe;
  };

  /**
   * The same in two dimensions. No other center can be as near as a point's
   * own if that is nearer than half the distance between it and the next
   * center.
   */
  const findNearestInPlane = (movedCenters: number) => {
    const safe = safeSquares();
    for (let point = 0; point < count; point++) {
      const x = points[2 * point];
      const y = points[2 * point + 1];
      const own = clusterOf[point];
      const all = isMoved[own] === 1;
      let smallest = squareOf[point];
      if (all) {
        const dx = x - centers[2 * own];
        const dy = y - centers[2 * own + 1];
        smallest = dx * dx + dy * dy;
      }
      if (smallest < safe[own]) {
        squareOf[point] = smallest;
        continue;
      }
      let nearest = own;
      const candidates = all ? clusters : movedCenters;
      for (let index = 0; index < candidates; index++) {
        const cluster = all ? index : moved[index];
        const dx = x - centers[2 * cluster];
        const dy = y - centers[2 * cluster + 1];
        const square = dx * dx + dy * dy;
        if (square < smallest || (square === smallest && cluster < nearest)) {
          smallest = square;
          nearest = cluster;
        }
      }
      assign(point, smallest, nearest);
    }
  };
  const search = dimensions === 2 ? findNearestInPlane : findNearest;

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
      sums.fill(0, center, center + dimensions);
    }
    for (let point = 0; point < count; point++) {
      const cluster = clusterOf[point];
      if (changed[cluster] === 0) continue;
      sizes[cluster]++;
      const start = point * dimensions;
      const center = cluster * dimensions;
      for (let d = 0; d < dimensions; d++) {
        sums[center + d] += points[start + d];
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
        const mean = sums[index] / sizes[cluster];
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
    search(clusters);
    changed.fill(1);
    for (let iteration = 1;; iteration++) {
      const count = moveCenters();
      if (count < 0) return true;
      if (iteration === maxIterations) return false;
      changed.fill(0);
      search(count);
    }
  };

  const fillEmpty = () => {
    const squares = Float64Array.from(clusterOf, squareToCenter);
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
