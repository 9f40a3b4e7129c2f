/**
 * Lloyd's algorithm from the distances between points alone: the squared
 * distance of a point x to the mean of a cluster C is
 *
 *     d²(x, C) = sum of d²(x, j) / |C| - sum of d²(i, j) / (2 |C|²)
 *
 * over the members i, j of C (Huygens). The sums change only by the points that
 * change their cluster, so an iteration takes a few operations per point and
 * cluster, however many dimensions there are.
 */

import { type Lloyd, prepareLloyd, squareBetween } from "./lloyd.ts";

/** The most points whose distances to each other are kept: 128 MiB of them. */
export const MOST_PAIRED = 4096;

/**
 * Distances that differ by less than this share of the scale count as equal.
 * Roundings, of the means in the plain algorithm and of the sums here, stay
 * below a tenth of it: a sum takes less than a million additions.
 */
const TIE_TOLERANCE = 1e-9;

/** More iterations could add up more roundings than `TIE_TOLERANCE` allows. */
const MAX_ITERATIONS = 100;

/**
 * Squared distances between all points, each summed in order.
 *
 * @returns Points x points; and the largest of them and of the points' squared
 * lengths.
 */
function pairwiseSquares(points: Float64Array, dimensions: number) {
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
    // Four independent sums at a time, for instruction-level parallelism.
    const fours = i - i % 4;
    for (let j = 0; j < fours; j += 4) {
      let [square0, square1, square2, square3] = [0, 0, 0, 0];
      for (let d = 0, other = j * dimensions; d < dimensions; d++, other++) {
        const difference0 = own[d] - points[other];
        const difference1 = own[d] - points[other + dimensions];
        const difference2 = own[d] - points[other + 2 * dimensions];
        const difference3 = own[d] - points[other + 3 * dimensions];
        square0 += difference0 * difference0;
        square1 += difference1 * difference1;
        square2 += difference2 * difference2;
        square3 += difference3 * difference3;
      }
      put(j, square0);
      put(j + 1, square1);
      put(j + 2, square2);
      put(j + 3, square3);
    }
    for (let j = fours; j < i; j++) {
      put(j, squareBetween(own, 0, points, j * dimensions, dimensions));
    }
  }
  return { squares, scale };
}

/**
 * Prepares the algorithm for points. Where roundings might make a difference,
 * or a cluster loses its last point, the plain algorithm decides: so the
 * clusters are always those that it finds.
 *
 * @param points Points x dimensions, row-major, all finite.
 * @param clusters At most as many as there are distinct points.
 */
export function preparePairwiseLloyd(
  points: Float64Array,
  dimensions: number,
  clusters: number,
  plain = prepareLloyd(points, dimensions, clusters),
): Lloyd {
  const { squares, scale } = pairwiseSquares(points, dimensions);
  const count = points.length / dimensions;
  const tolerance = TIE_TOLERANCE * scale;
  const clusterOf = new Int32Array(count);
  const nearest = new Int32Array(count);
  const smallest = new Float64Array(count);
  const second = new Float64Array(count);
  const sizes = new Int32Array(clusters);
  // Sums of the squared distances of every point to the members of each cluster.
  const sums = new Float64Array(clusters * count);

  /** Adds a point to a cluster's sums, or removes it. */
  const add = (cluster: number, point: number, sign: 1 | -1) => {
    sizes[cluster] += sign;
    const [into, from] = [cluster * count, point * count];
    for (let x = 0; x < count; x++) {
      sums[into + x] += sign * squares[from + x];
    }
  };

  /** Each cluster's squared distances to its mean, summed. */
  const inertias = new Float64Array(clusters);
  const sumInertias = () => {
    inertias.fill(0);
    for (let point = 0; point < count; point++) {
      inertias[clusterOf[point]] += sums[clusterOf[point] * count + point];
    }
    for (let cluster = 0; cluster < clusters; cluster++) {
      inertias[cluster] /= 2 * sizes[cluster];
    }
  };

  /** Assigns each point to the nearest start: these distances are exact. */
  const assignToStarts = (starts: ArrayLike<number>) => {
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

  /** Finds the nearest mean of each point; false where two are equally near. */
  const findNearest = (): boolean => {
    smallest.fill(Infinity);
    second.fill(Infinity);
    for (let cluster = 0; cluster < clusters; cluster++) {
      const share = 1 / sizes[cluster];
      const ownInertia = inertias[cluster] * share;
      const from = cluster * count;
      for (let x = 0; x < count; x++) {
        const square = sums[from + x] * share - ownInertia;
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
      if (second[x] - smallest[x] <= tolerance) return false;
    }
    return true;
  };

  /** Whether it converged; `null` where the plain algorithm must decide. */
  const iterate = (
    starts: ArrayLike<number>,
    maxIterations: number,
  ): boolean | null => {
    assignToStarts(starts);
    for (let iteration = 1;; iteration++) {
      if (sizes.includes(0)) return null;
      sumInertias();
      if (iteration === maxIterations) return false;
      if (iteration === MAX_ITERATIONS || !findNearest()) return null;
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
    run(starts, maxIterations) {
      const converged = Number.isFinite(scale)
        ? iterate(starts, maxIterations)
        : null;
      decided = converged !== null;
      if (converged !== null) return converged;
      const plainConverged = plain.run(starts, maxIterations);
      clusterOf.set(plain.clusterOf);
      return plainConverged;
    },
    exceeds(limit) {
      if (!decided) return false;
      const inertia = inertias.reduce((sum, value) => sum + value, 0);
      return inertia - count * tolerance > limit;
    },
  };
}
