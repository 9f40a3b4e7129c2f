// Hartigan's method for k-means, from the distances between points alone.
//
// Lloyd's algorithm compares a point with the mean of its own cluster, of which
// the point is a part. In many dimensions that draws it so near that clusters
// hardly change any more. Hartigan's method moves a point where the inertia
// falls, of the cluster left and of that joined together:
//
//     join = d²(x, C) |C| / (|C| + 1),    leave = d²(x, C) |C| / (|C| - 1)
//
// With the sum of the squared distances from x to the points of C and with C's
// inertia, both are (sum - inertia) / (|C| ± 1).

import { keepIndex, panelsOf, storeNearest } from "./lloyd";
import {
  addPoint,
  assignToStarts,
  CONVERGED,
  removePoint,
  STOPPED,
  sumInertias,
  UNDECIDED,
} from "./pairwise_lloyd";

/** See runPairwise: a pass moves no more points than an iteration there. */
const MAX_PASSES: i32 = 100;

/** Bytes that a run needs: at least as many. */
export function hartiganScratch(count: f64, clusters: f64): f64 {
  return (count + 8) * (clusters * 8 + 8 + 8) + 2 * (clusters * 8 + 16) + 96;
}

/**
 * What a panel's points gain by their best move.
 *
 * @param owners The panel's clusters, int32.
 * @param best Where the clusters to join are stored; then the gains, float64.
 * @param sums The panel's place in the first cluster's sums.
 * @returns Whether any gain is above the tolerance.
 */
@inline
function findMoves(
  owners: usize,
  clusters: i32,
  sums: usize,
  row: usize,
  inertias: usize,
  joins: usize,
  leaves: usize,
  tolerance: f64,
  best: usize,
): bool {
  const o01 = v128.load(owners), o23 = v128.load(owners, 16);
  const o0 = i64x2.extend_low_i32x4_s(o01), o1 = i64x2.extend_high_i32x4_s(o01);
  const o2 = i64x2.extend_low_i32x4_s(o23), o3 = i64x2.extend_high_i32x4_s(o23);
  let b0 = f64x2.splat(Infinity), b1 = b0, b2 = b0, b3 = b0;
  let stay0 = b0, stay1 = b0, stay2 = b0, stay3 = b0;
  let i0 = v128.splat<i64>(0), i1 = i0, i2 = i0, i3 = i0;
  let index = v128.splat<i64>(0);
  const one = v128.splat<i64>(1);
  for (let c: usize = 0; c < <usize>clusters << 3; c += 8) {
    const inertia = v128.load64_splat(inertias + c);
    const join = v128.load64_splat(joins + c);
    const leave = v128.load64_splat(leaves + c);
    const own0 = i64x2.eq(o0, index), own1 = i64x2.eq(o1, index);
    const own2 = i64x2.eq(o2, index), own3 = i64x2.eq(o3, index);
    const s0 = f64x2.mul(
      f64x2.sub(v128.load(sums), inertia),
      v128.bitselect(leave, join, own0),
    );
    const s1 = f64x2.mul(
      f64x2.sub(v128.load(sums, 16), inertia),
      v128.bitselect(leave, join, own1),
    );
    const s2 = f64x2.mul(
      f64x2.sub(v128.load(sums, 32), inertia),
      v128.bitselect(leave, join, own2),
    );
    const s3 = f64x2.mul(
      f64x2.sub(v128.load(sums, 48), inertia),
      v128.bitselect(leave, join, own3),
    );
    stay0 = v128.bitselect(s0, stay0, own0);
    stay1 = v128.bitselect(s1, stay1, own1);
    stay2 = v128.bitselect(s2, stay2, own2);
    stay3 = v128.bitselect(s3, stay3, own3);
    i0 = keepIndex(index, s0, b0, i0);
    b0 = f64x2.pmin(b0, s0);
    i1 = keepIndex(index, s1, b1, i1);
    b1 = f64x2.pmin(b1, s1);
    i2 = keepIndex(index, s2, b2, i2);
    b2 = f64x2.pmin(b2, s2);
    i3 = keepIndex(index, s3, b3, i3);
    b3 = f64x2.pmin(b3, s3);
    index = i64x2.add(index, one);
    sums += row;
  }
  storeNearest(best, i0, i1, i2, i3);
  const g0 = f64x2.sub(stay0, b0), g1 = f64x2.sub(stay1, b1);
  const g2 = f64x2.sub(stay2, b2), g3 = f64x2.sub(stay3, b3);
  v128.store(best, g0, 32);
  v128.store(best, g1, 48);
  v128.store(best, g2, 64);
  v128.store(best, g3, 80);
  const limit = f64x2.splat(tolerance);
  return v128.any_true(v128.or(
    v128.or(f64x2.gt(g0, limit), f64x2.gt(g1, limit)),
    v128.or(f64x2.gt(g2, limit), f64x2.gt(g3, limit)),
  ));
}

/** Stores what divides a cluster's sums. The only point of one never leaves. */
@inline
function setShares(
  cluster: usize,
  sizes: usize,
  joins: usize,
  leaves: usize,
): void {
  const size = <f64>load<i32>(sizes + (cluster << 2));
  store<f64>(joins + (cluster << 3), 1 / (size + 1));
  store<f64>(leaves + (cluster << 3), size > 1 ? 1 / (size - 1) : 0);
}

/**
 * Moves points from cluster to cluster, one at a time and in their order, to
 * where the inertia falls most, until no move lowers it. Every result is one of
 * Lloyd's algorithm, too (Telgarsky and Vattani 2010).
 *
 * @param distances As `squareDistances` gives them, and no sum of all of them
 * overflows.
 * @param tolerance A smaller gain may be a rounding, and is none.
 * @param starts Points, no two of them equal: each begins a cluster.
 * @param maxPasses Passes over all points after which the run is stopped.
 * @param inertias Each cluster's inertia at the end.
 * @returns `UNDECIDED` where a cluster has no point, or there were very many
 * passes.
 */
export function runHartigan(
  distances: usize,
  count: i32,
  tolerance: f64,
  starts: usize,
  clusters: i32,
  maxPasses: i32,
  clusterOf: usize,
  sizes: usize,
  inertias: usize,
  scratch: usize,
): i32 {
  const panels = panelsOf(count);
  const row = <usize>panels << 6;
  const sums = scratch;
  const joins = sums + row * clusters;
  const leaves = joins + ((<usize>clusters << 3) + 15 & ~15);
  const best = leaves + ((<usize>clusters << 3) + 15 & ~15);
  assignToStarts(distances, panels, starts, clusters, clusterOf);
  memory.fill(sizes, 0, <usize>clusters << 2);
  memory.fill(sums, 0, row * clusters);
  for (let point = 0; point < count; point++) {
    const cluster = <usize>load<i32>(clusterOf + (<usize>point << 2));
    const size = sizes + (cluster << 2);
    store<i32>(size, load<i32>(size) + 1);
    addPoint(distances, row, point, sums + cluster * row);
  }
  for (let pass = 1; pass < MAX_PASSES; pass++) {
    if (
      !sumInertias(count, row, clusters, clusterOf, sums, sizes, inertias)
    ) return UNDECIDED;
    if (pass == maxPasses) return STOPPED;
    for (let cluster: usize = 0; cluster < <usize>clusters; cluster++) {
      setShares(cluster, sizes, joins, leaves);
    }
    let changed = false;
    for (let first = 0; first < count; first += 8) {
      const owners = clusterOf + (<usize>first << 2);
      const ownSums = sums + (<usize>first << 3);
      const inPanel = min(8, count - first);
      let next = 0;
      while (
        next < inPanel &&
        findMoves(
          owners, clusters, ownSums, row, inertias, joins, leaves, tolerance,
          best,
        )
      ) {
        while (
          next < inPanel &&
          !(load<f64>(best + 32 + (<usize>next << 3)) > tolerance)
        ) next++;
        if (next == inPanel) break;
        const point = first + next;
        const before = <usize>load<i32>(owners + (<usize>next << 2));
        const after = <usize>load<i32>(best + (<usize>next << 2));
        const at = <usize>next << 3;
        const left = inertias + (before << 3);
        const joined = inertias + (after << 3);
        store<f64>(left, load<f64>(left) -
          (load<f64>(ownSums + before * row + at) - load<f64>(left)) *
            load<f64>(leaves + (before << 3)));
        store<f64>(joined, load<f64>(joined) +
          (load<f64>(ownSums + after * row + at) - load<f64>(joined)) *
            load<f64>(joins + (after << 3)));
        store<i32>(owners + (<usize>next << 2), <i32>after);
        const size = sizes + (before << 2);
        store<i32>(size, load<i32>(size) - 1);
        removePoint(distances, row, point, sums + before * row);
        const other = sizes + (after << 2);
        store<i32>(other, load<i32>(other) + 1);
        addPoint(distances, row, point, sums + after * row);
        setShares(before, sizes, joins, leaves);
        setShares(after, sizes, joins, leaves);
        changed = true;
        next++;
      }
    }
    if (!changed) return CONVERGED;
  }
  return UNDECIDED;
}
