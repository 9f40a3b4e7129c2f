/**
 * Lloyd's algorithm in spaces of many dimensions, from the distances between
 * points alone: a point x lies from the mean of a cluster C
 *
 *     d²(x, C) = sum of d²(x, j) / |C| - sum of d²(i, j) / (2 |C|²)
 *
 * over the members i, j of C (Huygens). The sums change only by the points that
 * change their cluster, so an iteration takes a few operations a point and
 * cluster, however many dimensions there are.
 */

import type { Descent } from "./lloyd.ts";

/** The most points whose distances to each other are kept: 128 MiB of them. */
export const MOST_PAIRED = 4096;

/**
 * Distances that differ by less than this share of the scale are not told
 * apart. Roundings, of the means in the plain algorithm and of the sums here,
 * stay below a tenth of it: a sum takes less than a million additions.
 */
const DOUBT = 1e-9;

/** More iterations could pile up more roundings than `DOUBT` allows for. */
const MOST_ITERATIONS = 100;

/** Squared distances between all points, each summed in order. */
export interface PairSquares {
  /** Points x points. */
  readonly squares: Float64Array;
  /** The largest of them, or of the points' squared lengths. */
  readonly scale: number;
}

/**
 * Squared distances between all points, each summed in order.
 *
 * @param points Points x dimensions, row-major.
 */
export function measurePairs(
  points: Float64Array,
  dimensions: number,
): PairSquares {
  const count = points.length / dimensions;
  const squares = new Float64Array(count * count);
  let scale = 0;
  for (let i = 0; i < count; i++) {
    const own = points.subarray(i * dimensions, (i + 1) * dimensions);
    let length = 0;
    for (let d = 0; d < dimensions; d++) length += own[d] * own[d];
    scale = Math.max(scale, length);
    const put = (j: number, square: number) => {
      squares[i * count + j] = square;
      squares[j * count + i] = square;
      if (square > scale) scale = square;
    };
    // Four sums at a time, which do not wait for one another.
    const fours = i - i % 4;
    for (let j = 0; j < fours; j += 4) {
      let [square0, square1, square2, square3] = [0, 0, 0, 0];
      for (let d = 0, at = j * dimensions; d < dimensions; d++, at++) {
        const apart0 = own[d] - points[at];
        const apart1 = own[d] - points[at + dimensions];
        const apart2 = own[d] - points[at + 2 * dimensions];
        const apart3 = own[d] - points[at + 3 * dimensions];
        square0 += apart0 * apart0;
        square1 += apart1 * apart1;
        square2 += apart2 * apart2;
        square3 += apart3 * apart3;
      }
      put(j, square0);
      put(j + 1, square1);
      put(j + 2, square2);
      put(j + 3, square3);
    }
    for (let j = fours; j < i; j++) {
      let square = 0;
      for (let d = 0, at = j * dimensions; d < dimensions; d++, at++) {
        const apart = own[d] - points[at];
        square += apart * apart;
      }
      put(j, square);
    }
  }
  return { squares, scale };
}

/**
 * Makes the algorithm ready for points. Where roundings might make a
 * difference, or a cluster loses its last point, the plain algorithm decides:
 * so the clusters are always those that it finds.
 *
 * @param pairs The points' squared distances.
 * @param clusters At most as many as there are different points.
 * @param plain The plain algorithm, ready for the same points.
 */
export function prepareByPairs(
  { squares, scale }: PairSquares,
  clusters: number,
  plain: Descent,
): Descent {
  const count = Math.sqrt(squares.length);
  const doubt = DOUBT * scale;
  const clusterOf = new Int32Array(count);
  const nearest = new Int32Array(count);
  const smallest = new Float64Array(count);
  const second = new Float64Array(count);
  const sizes = new Int32Array(clusters);
  // Sums of the squared distances of every point to the members of a cluster.
  const sums = new Float64Array(clusters * count);

  /** Adds a point to a cluster's sums, or takes it out. */
  const add = (cluster: number, point: number, sign: 1 | -1) => {
    sizes[cluster] += sign;
    const [into, from] = [cluster * count, point * count];
    for (let x = 0; x < count; x++) {
      sums[into + x] += sign * squares[from + x];
    }
  };

  /** Squared distances to the mean within a cluster, summed. */
  const spreads = new Float64Array(clusters);
  const measureSpreads = () => {
    spreads.fill(0);
    for (let point = 0; point < count; point++) {
      spreads[clusterOf[point]] += sums[clusterOf[point] * count + point];
    }
    for (let cluster = 0; cluster < clusters; cluster++) {
      spreads[cluster] /= 2 * sizes[cluster];
    }
  };

  /** Joins each point to the nearest start: these distances are exact. */
  const joinStarts = (starts: ArrayLike<number>) => {
    smallest.fill(Infinity);
    for (let cluster = 0; cluster < clusters; cluster++) {
      const from = starts[cluster] * count;
      for (let x = 0; x < count; x++) {
        const square = squares[from + x];
        if (square >= smallest[x]) continue;
        smallest[x] = square;
        clusterOf[x] = cluster;
      }
    }
    sizes.fill(0);
    sums.fill(0);
    for (let x = 0; x < count; x++) add(clusterOf[x], x, 1);
  };

  /** Finds the nearest mean of each point; false where two are too alike. */
  const findNearest = (): boolean => {
    smallest.fill(Infinity);
    second.fill(Infinity);
    for (let cluster = 0; cluster < clusters; cluster++) {
      const share = 1 / sizes[cluster];
      const spread = spreads[cluster] * share;
      const from = cluster * count;
      for (let x = 0; x < count; x++) {
        const square = sums[from + x] * share - spread;
        if (square < smallest[x]) {
          second[x] = smallest[x];
          smallest[x] = square;
          nearest[x] = cluster;
        } else if (square < second[x]) {
          second[x] = square;
        }
      }
    }
    for (let x = 0; x < count; x++) {
      if (second[x] - smallest[x] <= doubt) return false;
    }
    return true;
  };

  /** The descent; false where the plain algorithm must decide. */
  const descend = (
    starts: ArrayLike<number>,
    maxIterations: number,
  ): boolean => {
    joinStarts(starts);
    for (let iteration = 1;; iteration++) {
      if (sizes.includes(0)) return false;
      measureSpreads();
      if (iteration === maxIterations) return true;
      if (iteration === MOST_ITERATIONS || !findNearest()) return false;
      let changes = 0;
      for (let x = 0; x < count; x++) {
        if (nearest[x] === clusterOf[x]) continue;
        add(clusterOf[x], x, -1);
        add(nearest[x], x, 1);
        clusterOf[x] = nearest[x];
        changes++;
      }
      if (changes === 0) return true;
    }
  };

  let decided = false;
  return {
    clusterOf,
    descend(starts, maxIterations) {
      decided = Number.isFinite(scale) && descend(starts, maxIterations);
      if (decided) return;
      plain.descend(starts, maxIterations);
      clusterOf.set(plain.clusterOf);
    },
    reaches(limit) {
      if (!decided) return false;
      const inertia = spreads.reduce((sum, spread) => sum + spread, 0);
      return inertia - count * doubt > limit;
    },
  };
}
