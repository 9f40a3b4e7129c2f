// The epochs of UMAP's layout.

import { random53 } from "./random";

/** Bits of a square's mantissa that choose the piece within its octave. */
const PIECE_BITS: u64 = 5;
/** The tables begin at squares of 2^-40 and end at 2^24. */
const NEAREST: f64 = 9.094947017729282e-13;
const FARTHEST: f64 = 16777216;
const FIRST_PIECE: u64 = (1023 - 40) << PIECE_BITS;
const PIECES: u64 = 64 << PIECE_BITS;

/** The largest step along an axis, before the learning rate. */
const MAX_STEP: f64 = 4;

/**
 * A force of two points, divided by their distance, from the cubic piece that
 * their squared distance lies in. Beyond the table its ends are used.
 *
 * @param table Four coefficients of float64 a piece.
 */
@inline
function force(table: usize, square: f64): f64 {
  let piece = (reinterpret<u64>(square) >> (52 - PIECE_BITS)) - FIRST_PIECE;
  let x = square;
  if (piece >= PIECES) {
    x = square < NEAREST ? NEAREST : FARTHEST;
    piece = square < NEAREST ? 0 : PIECES - 1;
  }
  const at = table + <usize>(piece << 5);
  const low = load<f64>(at) + load<f64>(at, 8) * x;
  const high = load<f64>(at, 16) + load<f64>(at, 24) * x;
  return low + x * x * high;
}

@inline
function squareOf(apart: v128): f64 {
  const squares = f64x2.mul(apart, apart);
  return f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1);
}

/**
 * Lays samples out in two dimensions by stochastic gradient descent. Each edge
 * is visited when its time has come: it pulls its ends together, and then its
 * head is pushed from other samples, which are drawn by `random53`, one after
 * the other. The rules are those of lib/ml/umap/layout.ts.
 *
 * @param places Two float64 a sample: its position.
 * @param heads Of each edge, the address of a sample's position, as int32;
 * `tails` likewise.
 * @param every Epochs between two visits of an edge, float64.
 * @param everyPush Epochs between two pushes.
 * @param next The epoch of the next visit; `nextPush` likewise.
 * @param rate The learning rate of the first epoch.
 * @param pulls The table of the attraction; `pushes` that of the repulsion.
 */
export function layOut(
  places: usize,
  heads: usize,
  tails: usize,
  every: usize,
  everyPush: usize,
  next: usize,
  nextPush: usize,
  edges: i32,
  samples: i32,
  epochs: i32,
  rate: f64,
  pulls: usize,
  pushes: usize,
): void {
  const scale = <f64>samples / 9007199254740992.0;
  let alpha = rate;
  for (let round = 0; round < epochs; round++) {
    const epoch = <f64>round;
    const alphas = f64x2.splat(alpha);
    const most = f64x2.splat(MAX_STEP * alpha);
    const least = f64x2.neg(most);
    for (let edge = 0; edge < edges; edge++) {
      const at8 = <usize>edge << 3;
      const time = load<f64>(next + at8);
      if (time > epoch) continue;
      store<f64>(next + at8, time + load<f64>(every + at8));
      const head = <usize>load<u32>(heads + (<usize>edge << 2));
      const tail = <usize>load<u32>(tails + (<usize>edge << 2));
      let position = v128.load(head);
      const other = v128.load(tail);
      const apart = f64x2.sub(position, other);
      const square = squareOf(apart);
      if (square > 0) {
        const strength = f64x2.splat(force(pulls, square));
        const step = f64x2.pmax(
          least,
          f64x2.pmin(most, f64x2.mul(strength, f64x2.mul(apart, alphas))),
        );
        position = f64x2.add(position, step);
        v128.store(tail, f64x2.sub(other, step));
      }
      const interval = load<f64>(everyPush + at8);
      const since = load<f64>(nextPush + at8);
      const count = <i32>((epoch - since) / interval);
      for (let push = 0; push < count; push++) {
        const drawn = places + (<usize><i32>(random53() * scale) << 4);
        // A sample is not pushed from itself.
        if (drawn == head) continue;
        const apart = f64x2.sub(position, v128.load(drawn));
        const square = squareOf(apart);
        if (square > 0) {
          const strength = f64x2.splat(force(pushes, square));
          const step = f64x2.pmax(
            least,
            f64x2.pmin(most, f64x2.mul(strength, f64x2.mul(apart, alphas))),
          );
          position = f64x2.add(position, step);
        } else {
          position = f64x2.add(position, most);
        }
      }
      v128.store(head, position);
      store<f64>(nextPush + at8, since + <f64>count * interval);
    }
    alpha = rate * (1 - epoch / <f64>epochs);
  }
}
