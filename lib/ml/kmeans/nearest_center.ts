/**
 * The nearest center of every point, the first of equals, found again after
 * some centers have moved. What cannot have changed is not measured: a point
 * whose center stayed where it was is measured to those that moved alone, the
 * others being as far as before. The clusters are those of a full search to
 * the last bit.
 */

/** Points in clusters, in the middle of Lloyd's algorithm. */
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
  /** 1 for the centers that are not where they were. */
  readonly isMoved: Uint8Array;
  /** The numbers of those centers, ascending. */
  readonly moved: Int32Array;
}

/** Dimensions after which a distance is looked at whether it can still win. */
const STRIDE = 8;

/**
 * Squared distances are known to far better than this share of them: what
 * lies farther by so much is farther.
 */
const SURE = 1e-9;

/**
 * In any number of dimensions. The point's own center is measured first, as it
 * mostly is the nearest still, and any other distance is given up once it has
 * grown past the smallest; every smaller one is summed to its end and in
 * order.
 *
 * @param moved How many centers have moved.
 * @param onChange Told of each point whose cluster changes, before it does.
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
        const apart = points[start + d] - centers[center + d];
        smallest += apart * apart;
      }
    }
    const candidates = all ? clusters : moved;
    for (let at = 0; at < candidates; at++) {
      const cluster = all ? at : clustering.moved[at];
      if (cluster === own) continue;
      const center = cluster * dimensions;
      let square = 0;
      let d = 0;
      while (d < strided) {
        const end = d + STRIDE;
        for (; d < end; d++) {
          const apart = points[start + d] - centers[center + d];
          square += apart * apart;
        }
        if (square > smallest) break;
      }
      if (square > smallest) continue;
      for (; d < dimensions; d++) {
        const apart = points[start + d] - centers[center + d];
        square += apart * apart;
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
 * In two dimensions. No other center can be as near as a point's own where
 * that is nearer than half the way to the next center.
 *
 * @param moved How many centers have moved.
 * @param onChange Told of each point whose cluster changes, before it does.
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
      const across = x - centers[2 * own];
      const along = y - centers[2 * own + 1];
      smallest = across * across + along * along;
    }
    if (smallest < safe[own]) {
      squareOf[point] = smallest;
      continue;
    }
    let nearest = own;
    const candidates = all ? clusters : moved;
    for (let at = 0; at < candidates; at++) {
      const cluster = all ? at : movedCenters[at];
      const across = x - centers[2 * cluster];
      const along = y - centers[2 * cluster + 1];
      const square = across * across + along * along;
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

/** The square of half the way from each center to the next one, and less. */
function safeSquares(centers: Float64Array): Float64Array {
  const safe = new Float64Array(centers.length / 2).fill(Infinity);
  const share = (1 - SURE) / 4;
  for (let one = 0; one < safe.length; one++) {
    const x = centers[2 * one];
    const y = centers[2 * one + 1];
    for (let other = 0; other < one; other++) {
      const across = x - centers[2 * other];
      const along = y - centers[2 * other + 1];
      const square = share * (across * across + along * along);
      if (square < safe[one]) safe[one] = square;
      if (square < safe[other]) safe[other] = square;
    }
  }
  return safe;
}
