// Lloyd's algorithm from the distances between points alone: the squared
// distance of a point x to the mean of a cluster C is
//
//     d²(x, C) = sum of d²(x, j) / |C| - sum of d²(i, j) / (2 |C|²)
//
// over the members i, j of C (Huygens). The sums change only by the points that
// change their cluster, so an iteration takes a few operations per point and
// cluster, however many dimensions there are.
//
// Distances are points x whole panels of eight points; what is left of a row is
// finite.

import {
  addressOf,
  keepIndex,
  panelsOf,
  squareOfDifference,
  storeNearest,
} from "./lloyd";

/** How a run ended. */
export const STOPPED: i32 = 0;
export const CONVERGED: i32 = 1;
/** The plain algorithm must decide. */
export const UNDECIDED: i32 = 2;

/**
 * More iterations could add up more roundings than the tolerance of the caller
 * allows.
 */
const MAX_ITERATIONS: i32 = 100;

/** Bytes that a run needs: at least as many. */
export function pairwiseScratch(count: f64, clusters: f64): f64 {
  return (count + 8) * (clusters * 8 + 8 + 4) + clusters * 8;
}

/**
 * Squared distances between all points, each summed in the order of the
 * dimensions.
 *
 * @returns The largest of them and of the points' squared lengths.
 */
export function squareDistances(
  points: usize,
  count: i32,
  dimensions: i32,
  distances: usize,
): f64 {
  const row = <usize>panelsOf(count) << 6;
  memory.fill(distances, 0, row * count);
  let scale: f64 = 0;
  for (let point = 0; point < count; point++) {
    const own = addressOf(points, point, dimensions);
    let length: f64 = 0;
    for (let d: usize = 0; d < <usize>dimensions << 6; d += 64) {
      length += load<f64>(own + d) * load<f64>(own + d);
    }
    scale = max(scale, length);
    // The rest of the row mirrors those below.
    let other = points;
    let target = distances + row * point;
    for (let panel = 0; panel <= point >> 3; panel++) {
      let at = own;
      let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
      for (let d = 0; d < dimensions; d++) {
        const value = v128.load64_splat(at);
        s0 = f64x2.add(s0, squareOfDifference(v128.load(other), value));
        s1 = f64x2.add(s1, squareOfDifference(v128.load(other, 16), value));
        s2 = f64x2.add(s2, squareOfDifference(v128.load(other, 32), value));
        s3 = f64x2.add(s3, squareOfDifference(v128.load(other, 48), value));
        at += 64;
        other += 64;
      }
      v128.store(target, s0);
      v128.store(target, s1, 16);
      v128.store(target, s2, 32);
      v128.store(target, s3, 48);
      target += 64;
    }
  }
  for (let point: usize = 0; point < <usize>count; point++) {
    for (let other: usize = 0; other < point; other++) {
      const square = load<f64>(distances + row * point + (other << 3));
      store<f64>(distances + row * other + (point << 3), square);
      scale = max(scale, square);
    }
  }
  return scale;
}

/** Assigns each point to the nearest start, the first of equals. */
export function assignToStarts(
  distances: usize,
  panels: i32,
  starts: usize,
  clusters: i32,
  clusterOf: usize,
): void {
  const row = <usize>panels << 6;
  const one = v128.splat<i64>(1);
  for (let panel = 0; panel < panels; panel++) {
    let b0 = f64x2.splat(Infinity), b1 = b0, b2 = b0, b3 = b0;
    let i0 = v128.splat<i64>(0), i1 = i0, i2 = i0, i3 = i0;
    let index = v128.splat<i64>(0);
    for (let start = starts; start < starts + (<usize>clusters << 2); start += 4) {
      const from = distances + <usize>load<i32>(start) * row;
      const s0 = v128.load(from), s1 = v128.load(from, 16);
      const s2 = v128.load(from, 32), s3 = v128.load(from, 48);
      i0 = keepIndex(index, s0, b0, i0);
      b0 = f64x2.pmin(b0, s0);
      i1 = keepIndex(index, s1, b1, i1);
      b1 = f64x2.pmin(b1, s1);
      i2 = keepIndex(index, s2, b2, i2);
      b2 = f64x2.pmin(b2, s2);
      i3 = keepIndex(index, s3, b3, i3);
      b3 = f64x2.pmin(b3, s3);
      index = i64x2.add(index, one);
    }
    storeNearest(clusterOf, i0, i1, i2, i3);
    clusterOf += 32;
    distances += 64;
  }
}

/** Adds a point's distances to a cluster's sums. */
export function addPoint(distances: usize, row: usize, point: i32, sum: usize): void {
  let from = distances + <usize>point * row;
  for (const end = sum + row; sum < end; sum += 64) {
    v128.store(sum, f64x2.add(v128.load(sum), v128.load(from)));
    v128.store(sum, f64x2.add(v128.load(sum, 16), v128.load(from, 16)), 16);
    v128.store(sum, f64x2.add(v128.load(sum, 32), v128.load(from, 32)), 32);
    v128.store(sum, f64x2.add(v128.load(sum, 48), v128.load(from, 48)), 48);
    from += 64;
  }
}

/** Takes them away. */
export function removePoint(
  distances: usize,
  row: usize,
  point: i32,
  sum: usize,
): void {
  let from = distances + <usize>point * row;
  for (const end = sum + row; sum < end; sum += 64) {
    v128.store(sum, f64x2.sub(v128.load(sum), v128.load(from)));
    v128.store(sum, f64x2.sub(v128.load(sum, 16), v128.load(from, 16)), 16);
    v128.store(sum, f64x2.sub(v128.load(sum, 32), v128.load(from, 32)), 32);
    v128.store(sum, f64x2.sub(v128.load(sum, 48), v128.load(from, 48)), 48);
    from += 64;
  }
}

/**
 * Each cluster's inertia: the squared distances to its mean, summed.
 *
 * @returns Whether every cluster has points.
 */
export function sumInertias(
  count: i32,
  row: usize,
  clusters: i32,
  clusterOf: usize,
  sums: usize,
  sizes: usize,
  inertias: usize,
): bool {
  for (let cluster: usize = 0; cluster < <usize>clusters; cluster++) {
    if (load<i32>(sizes + (cluster << 2)) == 0) return false;
  }
  memory.fill(inertias, 0, <usize>clusters << 3);
  for (let point: usize = 0; point < <usize>count; point++) {
    const cluster = <usize>load<i32>(clusterOf + (point << 2));
    const inertia = inertias + (cluster << 3);
    const sum = load<f64>(sums + cluster * row + (point << 3));
    store<f64>(inertia, load<f64>(inertia) + sum);
  }
  for (let cluster: usize = 0; cluster < <usize>clusters; cluster++) {
    const inertia = inertias + (cluster << 3);
    const size = <f64>load<i32>(sizes + (cluster << 2));
    store<f64>(inertia, load<f64>(inertia) / (2 * size));
  }
  return true;
}

/** The second smallest square, when another one joins. */
@inline
function keepSecond(square: v128, smallest: v128, second: v128): v128 {
  return f64x2.pmin(second, f64x2.pmax(smallest, square));
}

/**
 * Finds the nearest mean of each point.
 *
 * @param shares One divided by each cluster's size.
 * @param gaps How much farther the next mean is.
 */
function findNearestMean(
  panels: i32,
  clusters: i32,
  sums: usize,
  sizes: usize,
  inertias: usize,
  shares: usize,
  nearest: usize,
  gaps: usize,
): void {
  const row = <usize>panels << 6;
  for (let cluster: usize = 0; cluster < <usize>clusters; cluster++) {
    const size = <f64>load<i32>(sizes + (cluster << 2));
    store<f64>(shares + (cluster << 3), 1 / size);
  }
  const one = v128.splat<i64>(1);
  for (let panel = 0; panel < panels; panel++) {
    let b0 = f64x2.splat(Infinity), b1 = b0, b2 = b0, b3 = b0;
    let n0 = b0, n1 = b0, n2 = b0, n3 = b0;
    let i0 = v128.splat<i64>(0), i1 = i0, i2 = i0, i3 = i0;
    let index = v128.splat<i64>(0);
    let sum = sums;
    for (let c: usize = 0; c < <usize>clusters << 3; c += 8) {
      const share = v128.load64_splat(shares + c);
      const own = f64x2.mul(v128.load64_splat(inertias + c), share);
      const s0 = f64x2.sub(f64x2.mul(v128.load(sum), share), own);
      const s1 = f64x2.sub(f64x2.mul(v128.load(sum, 16), share), own);
      const s2 = f64x2.sub(f64x2.mul(v128.load(sum, 32), share), own);
      const s3 = f64x2.sub(f64x2.mul(v128.load(sum, 48), share), own);
      n0 = keepSecond(s0, b0, n0);
      i0 = keepIndex(index, s0, b0, i0);
      b0 = f64x2.pmin(b0, s0);
      n1 = keepSecond(s1, b1, n1);
      i1 = keepIndex(index, s1, b1, i1);
      b1 = f64x2.pmin(b1, s1);
      n2 = keepSecond(s2, b2, n2);
      i2 = keepIndex(index, s2, b2, i2);
      b2 = f64x2.pmin(b2, s2);
      n3 = keepSecond(s3, b3, n3);
      i3 = keepIndex(index, s3, b3, i3);
      b3 = f64x2.pmin(b3, s3);
      index = i64x2.add(index, one);
      sum += row;
    }
    storeNearest(nearest, i0, i1, i2, i3);
    v128.store(gaps, f64x2.sub(n0, b0));
    v128.store(gaps, f64x2.sub(n1, b1), 16);
    v128.store(gaps, f64x2.sub(n2, b2), 32);
    v128.store(gaps, f64x2.sub(n3, b3), 48);
    nearest += 32;
    gaps += 64;
    sums += 64;
  }
}

/**
 * Runs from centers on points until no point changes its cluster.
 *
 * @param distances As `squareDistances` gives them, and no sum of all of them
 * overflows.
 * @param tolerance Squares that differ by no more count as equal: roundings,
 * of the means in the plain algorithm and of the sums here, are far below.
 * @param starts The points.
 * @param inertias Each cluster's inertia at the end.
 * @returns `UNDECIDED` where points are equally near to two means, a cluster
 * has lost its last point, or there were very many iterations.
 */
export function runPairwise(
  distances: usize,
  count: i32,
  tolerance: f64,
  starts: usize,
  clusters: i32,
  maxIterations: i32,
  clusterOf: usize,
  sizes: usize,
  inertias: usize,
  scratch: usize,
): i32 {
  const panels = panelsOf(count);
  const row = <usize>panels << 6;
  const sums = scratch;
  const gaps = sums + row * clusters;
  const nearest = gaps + row;
  const shares = nearest + (row >> 1);
  assignToStarts(distances, panels, starts, clusters, clusterOf);
  memory.fill(sizes, 0, <usize>clusters << 2);
  memory.fill(sums, 0, row * clusters);
  for (let point = 0; point < count; point++) {
    const cluster = <usize>load<i32>(clusterOf + (<usize>point << 2));
    const size = sizes + (cluster << 2);
    store<i32>(size, load<i32>(size) + 1);
    addPoint(distances, row, point, sums + cluster * row);
  }
  for (let iteration = 1; iteration < MAX_ITERATIONS; iteration++) {
    if (
      !sumInertias(count, row, clusters, clusterOf, sums, sizes, inertias)
    ) return UNDECIDED;
    if (iteration == maxIterations) return STOPPED;
    findNearestMean(
      panels, clusters, sums, sizes, inertias, shares, nearest, gaps,
    );
    for (let point: usize = 0; point < <usize>count; point++) {
      if (load<f64>(gaps + (point << 3)) <= tolerance) return UNDECIDED;
    }
    let changed = false;
    for (let point = 0; point < count; point++) {
      const offset = <usize>point << 2;
      const before = <usize>load<i32>(clusterOf + offset);
      const after = <usize>load<i32>(nearest + offset);
      if (after == before) continue;
      changed = true;
      store<i32>(clusterOf + offset, <i32>after);
      const size = sizes + (before << 2);
      store<i32>(size, load<i32>(size) - 1);
      removePoint(distances, row, point, sums + before * row);
      const other = sizes + (after << 2);
      store<i32>(other, load<i32>(other) + 1);
      addPoint(distances, row, point, sums + after * row);
    }
    if (!changed) return CONVERGED;
  }
  return UNDECIDED;
}
