// Starts of k-means that lie far apart.

import { drawFrom } from "./draw";
import { panelsOf } from "./lloyd";
import { random53 } from "./random";

const PANEL_BYTES: usize = 64;

/** The squares to the nearest of those chosen, if a point joins them, summed. */
@inline
function potentialWith(closest: usize, distances: usize, row: usize): f64 {
  let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
  for (let at: usize = 0; at < row; at += PANEL_BYTES) {
    const c = closest + at, d = distances + at;
    s0 = f64x2.add(s0, f64x2.pmin(v128.load(c), v128.load(d)));
    s1 = f64x2.add(s1, f64x2.pmin(v128.load(c, 16), v128.load(d, 16)));
    s2 = f64x2.add(s2, f64x2.pmin(v128.load(c, 32), v128.load(d, 32)));
    s3 = f64x2.add(s3, f64x2.pmin(v128.load(c, 48), v128.load(d, 48)));
  }
  const sum = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/**
 * Draws starts by greedy k-means++ (Arthur and Vassilvitskii 2007), as
 * scikit-learn does: each next one is the best of several points that are
 * drawn with probabilities as their squares to the nearest start.
 *
 * @param pool Points, no two of them equal; the starts come first.
 * @param closest Scratch: a row of distances.
 * @returns Whether there were starts: not if squares of different points are 0.
 */
export function drawSpread(
  distances: usize,
  count: i32,
  pool: usize,
  poolCount: i32,
  clusters: i32,
  trials: i32,
  closest: usize,
): bool {
  const row = <usize>panelsOf(count) << 6;
  drawFrom(pool, poolCount, 1);
  memory.copy(closest, distances + <usize>load<i32>(pool) * row, row);
  let potential = potentialWith(closest, closest, row);
  for (let cluster = 1; cluster < clusters; cluster++) {
    if (!(potential > 0)) return false;
    let chosen = -1;
    let least: f64 = Infinity;
    for (let trial = 0; trial < trials; trial++) {
      let rest = random53() / 9007199254740992.0 * potential;
      let point = -1;
      for (let other = 0; other < count; other++) {
        const square = load<f64>(closest + (<usize>other << 3));
        if (square == 0) continue;
        // The last one, where roundings leave a rest.
        point = other;
        rest -= square;
        if (rest < 0) break;
      }
      const own = potentialWith(closest, distances + <usize>point * row, row);
      if (own < least) {
        least = own;
        chosen = point;
      }
    }
    store<i32>(pool + (<usize>cluster << 2), chosen);
    const squares = distances + <usize>chosen * row;
    for (let at: usize = 0; at < row; at += 16) {
      v128.store(
        closest + at,
        f64x2.pmin(v128.load(closest + at), v128.load(squares + at)),
      );
    }
    potential = least;
  }
  return true;
}
