/**
 * The nearest centre of every point, the first of equals, found again after
 * some centres have moved. What cannot have changed is not measured: a point
 * whose centre stayed where it was is measured to those that moved alone, the
 * others being as far as before. The clusters are those of a full search to
 * the last bit.
 */

/** Points in clusters, in the middle of Lloyd's algorithm. */
export interface Clustering {
  /** Points x dimensions, row-major. */
  readonly points: Float64Array;
  readonly dimensions: number;
  /** Clusters x dimensions, row-major. */
  readonly centres: Float64Array;
  /** The cluster of each point. */
  readonly clusterOf: Int32Array;
  /** Squared distance of each point to its centre. */
  readonly squareOf: Float64Array;
  /** 1 for the centres that are not where they were. */
  readonly isMoved: Uint8Array;
  /** The numbers of those centres, ascending. */
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
 * In any number of dimensions. The point's own centre is measured first, as it
 * mostly is the nearest still, and any other distance is given up once it has
 * grown past the smallest; every smaller one is summed to its end and in
 * order.
 *
 * @param moved How many centres have moved.
 * @param onChange Told of each point whose cluster changes, before it does.
 *
 * @example
 * ```ts
 * import { findNearest } from "./centre_search.ts";
 * const clustering = {
 *   points: Float64Array.of(0, 0, 0, 9, 9, 9),
 *   dimensions: 3,
 *   centres: Float64Array.of(8, 8, 8, 1, 1, 1),
 *   clusterOf: new Int32Array(2),
 *   squareOf: new Float64Array(2),
 *   isMoved: Uint8Array.of(1, 1),
 *   moved: Int32Array.of(0, 1),
 * };
 * findNearest(clustering, 2, () => {});
 * console.assert(String(clustering.clusterOf) === "1,0");
 * console.assert(String(clustering.squareOf) === "3,3");
 * ```
 */
export function findNearest(
  clustering: Clustering,
  moved: number,
  onChange: (from: number, to: number) => void,
): void {
  const { points, dimensions, centres, clusterOf, squareOf } = clustering;
  const clusters = clustering.isMoved.length;
  const strided = dimensions - dimensions % STRIDE;
  for (let point = 0; point < clusterOf.length; point++) {
    const start = point * dimensions;
    const own = clusterOf[point];
    const all = clustering.isMoved[own] === 1;
    let nearest = own;
    let smallest = squareOf[point];
    if (all) {
      const centre = own * dimensions;
      smallest = 0;
      for (let d = 0; d < dimensions; d++) {
        const apart = points[start + d] - centres[centre + d];
        smallest += apart * apart;
      }
    }
    const candidates = all ? clusters : moved;
    for (let at = 0; at < candidates; at++) {
      const cluster = all ? at : clustering.moved[at];
      if (cluster === own) continue;
      const centre = cluster * dimensions;
      let square = 0;
      let d = 0;
      while (d < strided) {
        const end = d + STRIDE;
        for (; d < end; d++) {
          const apart = points[start + d] - centres[centre + d];
          square += apart * apart;
        }
        if (square > smallest) break;
      }
      if (square > smallest) continue;
      for (; d < dimensions; d++) {
        const apart = points[start + d] - centres[centre + d];
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
 * In two dimensions. No other centre can be as near as a point's own where
 * that is nearer than half the way to the next centre.
 *
 * @param moved How many centres have moved.
 * @param onChange Told of each point whose cluster changes, before it does.
 *
 * @example
 * ```ts
 * import { findNearestInPlane } from "./centre_search.ts";
 * const clustering = {
 *   points: Float64Array.of(0, 0, 9, 9),
 *   dimensions: 2,
 *   centres: Float64Array.of(8, 8, 1, 1),
 *   clusterOf: new Int32Array(2),
 *   squareOf: new Float64Array(2),
 *   isMoved: Uint8Array.of(1, 1),
 *   moved: Int32Array.of(0, 1),
 * };
 * findNearestInPlane(clustering, 2, () => {});
 * console.assert(String(clustering.clusterOf) === "1,0");
 * console.assert(String(clustering.squareOf) === "2,2");
 * ```
 */
export function findNearestInPlane(
  clustering: Clustering,
  moved: number,
  onChange: (from: number, to: number) => void,
): void {
  const { points, centres, clusterOf, squareOf } = clustering;
  const { isMoved, moved: movedCentres } = clustering;
  const clusters = isMoved.length;
  const safe = safeSquares(centres);
  for (let point = 0; point < clusterOf.length; point++) {
    const x = points[2 * point];
    const y = points[2 * point + 1];
    const own = clusterOf[point];
    const all = isMoved[own] === 1;
    let smallest = squareOf[point];
    if (all) {
      const across = x - centres[2 * own];
      const along = y - centres[2 * own + 1];
      smallest = across * across + along * along;
    }
    if (smallest < safe[own]) {
      squareOf[point] = smallest;
      continue;
    }
    let nearest = own;
    const candidates = all ? clusters : moved;
    for (let at = 0; at < candidates; at++) {
      const cluster = all ? at : movedCentres[at];
      const across = x - centres[2 * cluster];
      const along = y - centres[2 * cluster + 1];
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

/** The square of half the way from each centre to the next one, and less. */
function safeSquares(centres: Float64Array): Float64Array {
  const safe = new Float64Array(centres.length / 2).fill(Infinity);
  const share = (1 - SURE) / 4;
  for (let one = 0; one < safe.length; one++) {
    const x = centres[2 * one];
    const y = centres[2 * one + 1];
    for (let other = 0; other < one; other++) {
      const across = x - centres[2 * other];
      const along = y - centres[2 * other + 1];
      const square = share * (across * across + along * along);
      if (square < safe[one]) safe[one] = square;
      if (square < safe[other]) safe[other] = square;
    }
  }
  return safe;
}
