/**
 * The nearest center of every point, the first of equals, after some centers
 * have moved. Where a point's own center stayed, only those that moved are
 * measured, as the others are as far as before. The clusters are those of a
 * full search to the last bit.
 */

/** The state of Lloyd's algorithm between two iterations. */
export interface Clustering {
  /** Points x dimensions, row-major. */
  readonly points: Float64Array;
  readonly dimensions: number;
  /** Clusters x dimensions, row-major. */
  readonly centers: Float64Array;
  /** The cluster of each point. */
  readonly clusterOf: Int32Array;
  /** Squared distance of each point to its center. */
  readonly squareOf: Float64Array;
  /** 1 for the centers that moved in the last iteration. */
  readonly isMoved: Uint8Array;
  /** The indices of those centers, ascending. */
  readonly moved: Int32Array;
}

/** Dimensions after which a sum is compared with the smallest one. */
const STRIDE = 8;

/** Far above the relative rounding error of a squared distance. */
const DISTANCE_TOLERANCE = 1e-9;

/**
 * In any number of dimensions. The point's own center is measured first, as it
 * mostly is still the nearest, and any other sum stops once it is above the
 * smallest; every smaller one is summed to its end and in order.
 *
 * @param moved How many centers have moved.
 * @param onChange Called before each change of a point's cluster.
 */
export function findNearest(
  clustering: Clustering,
  moved: number,
  onChange: (from: number, to: number) => void,
): void {
  const { points, dimensions, centers, clusterOf, squareOf } = clustering;
  const clusters = clustering.isMoved.length;
  const strided = dimensions - dimensions % STRIDE;
  for (let point = 0; point < clusterOf.length; point++) {
    const start = point * dimensions;
    const own = clusterOf[point];
    const all = clustering.isMoved[own] === 1;
    let nearest = own;
    let smallest = squareOf[point];
    if (all) {
      const center = own * dimensions;
      smallest = 0;
      for (let d = 0; d < dimensions; d++) {
        const difference = points[start + d] - centers[center + d];
        smallest += difference * difference;
      }
    }
    const candidates = all ? clusters : moved;
    for (let index = 0; index < candidates; index++) {
      const cluster = all ? index : clustering.moved[index];
      if (cluster === own) continue;
      const center = cluster * dimensions;
      let square = 0;
      let d = 0;
      while (d < strided) {
        const end = d + STRIDE;
        for (; d < end; d++) {
          const difference = points[start + d] - centers[center + d];
          square += difference * difference;
        }
        if (square > smallest) break;
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
    squareOf[point] = smallest;
    if (nearest === own) continue;
    onChange(own, nearest);
    clusterOf[point] = nearest;
  }
}

/**
 * In two dimensions. No other center can be as near as a point's own if that
 * is nearer than half the distance between it and the next center.
 *
 * @param moved How many centers have moved.
 * @param onChange Called before each change of a point's cluster.
 */
export function findNearestInPlane(
  clustering: Clustering,
  moved: number,
  onChange: (from: number, to: number) => void,
): void {
  const { points, centers, clusterOf, squareOf } = clustering;
  const { isMoved, moved: movedCenters } = clustering;
  const clusters = isMoved.length;
  const safe = safeSquares(centers);
  for (let point = 0; point < clusterOf.length; point++) {
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
    const candidates = all ? clusters : moved;
    for (let index = 0; index < candidates; index++) {
      const cluster = all ? index : movedCenters[index];
      const dx = x - centers[2 * cluster];
      const dy = y - centers[2 * cluster + 1];
      const square = dx * dx + dy * dy;
      if (square < smallest || (square === smallest && cluster < nearest)) {
        smallest = square;
        nearest = cluster;
      }
    }
    squareOf[point] = smallest;
    if (nearest === own) continue;
    onChange(own, nearest);
    clusterOf[point] = nearest;
  }
}

/** Just below the squares of half the distances to the next centers. */
function safeSquares(centers: Float64Array): Float64Array {
  const safe = new Float64Array(centers.length / 2).fill(Infinity);
  const share = (1 - DISTANCE_TOLERANCE) / 4;
  for (let one = 0; one < safe.length; one++) {
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
}
