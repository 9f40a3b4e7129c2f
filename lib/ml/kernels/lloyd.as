// Lloyd's algorithm for k-means, in float64.
//
// Points are in panels of eight: panels x dimensions x 8. What is left of the
// last panel is any finite number. Centers are clusters x dimensions.

/** Points of a panel, whose nearest centers are searched at a time. */
const PANEL: i32 = 8;

/** Panels of that many points. */
@inline
export function panelsOf(count: i32): i32 {
  return (count + PANEL - 1) >> 3;
}

/** The address of a point's first number; the next is 64 bytes on. */
@inline
export function addressOf(points: usize, point: i32, dimensions: i32): usize {
  return points + (<usize>(point >> 3) * dimensions << 6) +
    (<usize>(point & 7) << 3);
}

/** The index of the smallest squares, when others join. */
@inline
export function keepIndex(index: v128, square: v128, smallest: v128, nearest: v128): v128 {
  return v128.bitselect(index, nearest, f64x2.lt(square, smallest));
}

@inline
export function squareOfDifference(a: v128, b: v128): v128 {
  const difference = f64x2.sub(a, b);
  return f64x2.mul(difference, difference);
}

@inline
function squareInPlane(x: v128, y: v128, centerX: v128, centerY: v128): v128 {
  return f64x2.add(
    squareOfDifference(x, centerX),
    squareOfDifference(y, centerY),
  );
}

/** Stores the indices of a panel as i32. */
@inline
export function storeNearest(at: usize, i0: v128, i1: v128, i2: v128, i3: v128): void {
  v128.store(at, v128.shuffle<i32>(i0, i1, 0, 2, 4, 6));
  v128.store(at, v128.shuffle<i32>(i2, i3, 0, 2, 4, 6), 16);
}

/** The nearest center of every point, the first of equals, in two dimensions. */
function findNearestInPlane(
  points: usize,
  panels: i32,
  centers: usize,
  clusters: i32,
  clusterOf: usize,
): void {
  const end = centers + (<usize>clusters << 4);
  const one = v128.splat<i64>(1);
  for (let panel = 0; panel < panels; panel++) {
    const x0 = v128.load(points), x1 = v128.load(points, 16);
    const x2 = v128.load(points, 32), x3 = v128.load(points, 48);
    const y0 = v128.load(points, 64), y1 = v128.load(points, 80);
    const y2 = v128.load(points, 96), y3 = v128.load(points, 112);
    let b0 = f64x2.splat(Infinity), b1 = b0, b2 = b0, b3 = b0;
    let i0 = v128.splat<i64>(0), i1 = i0, i2 = i0, i3 = i0;
    let index = v128.splat<i64>(0);
    for (let center = centers; center < end; center += 16) {
      const cx = v128.load64_splat(center);
      const cy = v128.load64_splat(center, 8);
      const s0 = squareInPlane(x0, y0, cx, cy);
      const s1 = squareInPlane(x1, y1, cx, cy);
      const s2 = squareInPlane(x2, y2, cx, cy);
      const s3 = squareInPlane(x3, y3, cx, cy);
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
    clusterOf += PANEL << 2;
    points += 128;
  }
}

/** The same in any number of dimensions, each square summed in their order. */
function findNearest(
  points: usize,
  panels: i32,
  dimensions: i32,
  centers: usize,
  clusters: i32,
  clusterOf: usize,
): void {
  const one = v128.splat<i64>(1);
  for (let panel = 0; panel < panels; panel++) {
    let b0 = f64x2.splat(Infinity), b1 = b0, b2 = b0, b3 = b0;
    let i0 = v128.splat<i64>(0), i1 = i0, i2 = i0, i3 = i0;
    let index = v128.splat<i64>(0);
    let center = centers;
    for (let cluster = 0; cluster < clusters; cluster++) {
      let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
      let at = points;
      for (let d = 0; d < dimensions; d++) {
        const value = v128.load64_splat(center);
        s0 = f64x2.add(s0, squareOfDifference(v128.load(at), value));
        s1 = f64x2.add(s1, squareOfDifference(v128.load(at, 16), value));
        s2 = f64x2.add(s2, squareOfDifference(v128.load(at, 32), value));
        s3 = f64x2.add(s3, squareOfDifference(v128.load(at, 48), value));
        at += 64;
        center += 8;
      }
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
    clusterOf += PANEL << 2;
    points += <usize>dimensions << 6;
  }
}

/** Sums of the clusters' points, in the order of the points, and their sizes. */
export function sumClusters(
  points: usize,
  count: i32,
  dimensions: i32,
  clusters: i32,
  clusterOf: usize,
  sums: usize,
  sizes: usize,
): void {
  memory.fill(sizes, 0, <usize>clusters << 2);
  memory.fill(sums, 0, <usize>clusters * dimensions << 3);
  if (dimensions == 2) {
    for (let point = 0; point < count; point++) {
      const cluster = <usize>load<i32>(clusterOf + (<usize>point << 2));
      const size = sizes + (cluster << 2);
      store<i32>(size, load<i32>(size) + 1);
      const at = addressOf(points, point, 2);
      const sum = sums + (cluster << 4);
      const both = v128.load64_lane(at, v128.load64_zero(at), 1, 64);
      v128.store(sum, f64x2.add(v128.load(sum), both));
    }
    return;
  }
  for (let point = 0; point < count; point++) {
    const cluster = <usize>load<i32>(clusterOf + (<usize>point << 2));
    const size = sizes + (cluster << 2);
    store<i32>(size, load<i32>(size) + 1);
    let at = addressOf(points, point, dimensions);
    let sum = sums + (cluster * dimensions << 3);
    for (let d = 0; d < dimensions; d++) {
      store<f64>(sum, load<f64>(sum) + load<f64>(at));
      at += 64;
      sum += 8;
    }
  }
}

/**
 * Moves the centers to the means of their points; one without points stays.
 *
 * @returns Whether the squares of all moves are 0.
 */
export function moveCenters(
  dimensions: i32,
  centers: usize,
  clusters: i32,
  sums: usize,
  sizes: usize,
): bool {
  let converged = true;
  for (let cluster = 0; cluster < clusters; cluster++) {
    const size = <f64>load<i32>(sizes + (<usize>cluster << 2));
    if (size == 0) continue;
    const offset = <usize>cluster * dimensions << 3;
    let square: f64 = 0;
    for (let d: usize = 0; d < <usize>dimensions << 3; d += 8) {
      const mean = load<f64>(sums + offset + d) / size;
      const difference = mean - load<f64>(centers + offset + d);
      square += difference * difference;
      store<f64>(centers + offset + d, mean);
    }
    if (square > 0) converged = false;
  }
  return converged;
}

/** The squared distance of a point to a center, summed in order. */
function squareBetween(
  point: usize,
  dimensions: i32,
  center: usize,
): f64 {
  let square: f64 = 0;
  for (let d = 0; d < dimensions; d++) {
    const difference = load<f64>(point) - load<f64>(center);
    square += difference * difference;
    point += 64;
    center += 8;
  }
  return square;
}

/** Puts a center on a point. */
export function putOnPoint(
  points: usize,
  dimensions: i32,
  point: i32,
  center: usize,
): void {
  let at = addressOf(points, point, dimensions);
  for (let d = 0; d < dimensions; d++) {
    store<f64>(center, load<f64>(at));
    at += 64;
    center += 8;
  }
}

/** The first cluster without points, or -1. */
function findEmpty(clusters: i32, sizes: usize): i32 {
  for (let cluster = 0; cluster < clusters; cluster++) {
    if (load<i32>(sizes + (<usize>cluster << 2)) == 0) return cluster;
  }
  return -1;
}

/**
 * Moves every center without points to the point that is farthest from its own
 * center, the first of equals, each to another one.
 *
 * @returns Whether a center was moved to a point that is not on its own center:
 * else it would have no points again. So it is if squares of distances are too
 * small for a number.
 */
function fillEmpty(
  points: usize,
  count: i32,
  dimensions: i32,
  centers: usize,
  clusters: i32,
  clusterOf: usize,
  sizes: usize,
  squares: usize,
): bool {
  const row = <usize>dimensions << 3;
  for (let point = 0; point < count; point++) {
    const offset = <usize>point << 3;
    const cluster = <usize>load<i32>(clusterOf + (offset >> 1));
    const at = addressOf(points, point, dimensions);
    store<f64>(
      squares + offset,
      squareBetween(at, dimensions, centers + cluster * row),
    );
  }
  let filled = false;
  for (let cluster = findEmpty(clusters, sizes); cluster < clusters; cluster++) {
    if (load<i32>(sizes + (<usize>cluster << 2)) > 0) continue;
    let farthest = 0;
    let largest = load<f64>(squares);
    for (let point = 1; point < count; point++) {
      const square = load<f64>(squares + (<usize>point << 3));
      if (square > largest) {
        largest = square;
        farthest = point;
      }
    }
    if (largest > 0) filled = true;
    store<f64>(squares + (<usize>farthest << 3), -1);
    const center = centers + <usize>cluster * row;
    putOnPoint(points, dimensions, farthest, center);
  }
  return filled;
}

/** Iterates from the centers as they are; whether it converged. */
function iterate(
  points: usize,
  count: i32,
  dimensions: i32,
  centers: usize,
  clusters: i32,
  maxIterations: i32,
  clusterOf: usize,
  sums: usize,
  sizes: usize,
): bool {
  const panels = panelsOf(count);
  let converged = false;
  for (let i = 0; i < maxIterations && !converged; i++) {
    if (dimensions == 2) {
      findNearestInPlane(points, panels, centers, clusters, clusterOf);
    } else {
      findNearest(points, panels, dimensions, centers, clusters, clusterOf);
    }
    sumClusters(
      points, count, dimensions, clusters, clusterOf, sums, sizes,
    );
    converged = moveCenters(dimensions, centers, clusters, sums, sizes);
  }
  return converged;
}

/**
 * Runs until no center moves. A center that no point is nearest to is moved to
 * the point farthest from its own center, and the run goes on.
 *
 * @param centers Where the run starts; the clusters' means after it.
 * @returns Whether it converged within the iterations.
 */
export function runLloyd(
  points: usize,
  count: i32,
  dimensions: i32,
  centers: usize,
  clusters: i32,
  maxIterations: i32,
  clusterOf: usize,
  sums: usize,
  sizes: usize,
  squares: usize,
): bool {
  let converged = iterate(
    points, count, dimensions, centers, clusters, maxIterations,
    clusterOf, sums, sizes,
  );
  while (
    findEmpty(clusters, sizes) >= 0 &&
    fillEmpty(
      points, count, dimensions, centers, clusters, clusterOf, sizes, squares,
    )
  ) {
    converged = iterate(
      points, count, dimensions, centers, clusters, maxIterations, clusterOf,
      sums, sizes,
    );
  }
  return converged;
}

/**
 * Squared distances of the points to their centers, summed in order; or any
 * number that is not below `limit`, if the sum is not.
 */
export function sumSquares(
  points: usize,
  count: i32,
  dimensions: i32,
  centers: usize,
  clusterOf: usize,
  limit: f64,
): f64 {
  const row = <usize>dimensions << 3;
  let sum: f64 = 0;
  for (let point = 0; point < count && sum < limit; point++) {
    const cluster = <usize>load<i32>(clusterOf + (<usize>point << 2));
    const at = addressOf(points, point, dimensions);
    sum += squareBetween(at, dimensions, centers + cluster * row);
  }
  return sum;
}
