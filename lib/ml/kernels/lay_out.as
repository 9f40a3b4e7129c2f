// The epochs of UMAP's layout, of two layouts and more at once.
//
// A push waits for the one before it, so that one layout alone leaves most of
// the processor idle. Layouts of the same graph differ in their draws only:
// they take turns, two of them in the halves of a vector. Each comes out as it
// would alone.

/** Bits of a square's mantissa that choose the piece within its octave. */
const PIECE_BITS: i32 = 5;
/** The tables begin at squares of 2^-40 and end at 2^24. */
const NEAREST: f64 = 9.094947017729282e-13;
const FARTHEST: f64 = 16777216;
const FIRST_PIECE: i64 = (1023 - 40) << 5;

/** 2^52, and its bits. */
const WHOLE: f64 = 4503599627370496;
const WHOLE_BITS: i64 = 0x4330000000000000;

/** The largest step along an axis, before the learning rate. */
const MAX_STEP: f64 = 4;

/** Bytes of a pair's sample: x of both layouts, then y of both. */
const SAMPLE_SHIFT: usize = 5;
/** Bytes of a pair's random states: their first words, then their second. */
const STATES: usize = 32;

@inline
function rotate(words: v128, bits: i32): v128 {
  return v128.or(i64x2.shl(words, bits), i64x2.shr_u(words, 64 - bits));
}

/**
 * Draws one of `samples` for both layouts of a pair, as
 * `<i32>(random53() * scale)` does for one state; see random.as.
 *
 * @param scales `samples` / 2^53, twice.
 * @returns 2^52 plus each sample, so that the lowest 32 bits are the sample.
 */
@inline
function drawPair(states: usize, scales: v128): v128 {
  let first = v128.load(states);
  let second = v128.load(states, 16);
  const upper = i64x2.add(first, second);
  let mixed = v128.xor(first, second);
  first = v128.xor(rotate(first, 24), v128.xor(mixed, i64x2.shl(mixed, 16)));
  second = rotate(mixed, 37);
  const lower = i64x2.add(first, second);
  mixed = v128.xor(first, second);
  first = v128.xor(rotate(first, 24), v128.xor(mixed, i64x2.shl(mixed, 16)));
  second = rotate(mixed, 37);
  v128.store(states, first);
  v128.store(states, second, 16);
  // 26 and 27 bits, so that the conversion and the sum are exact.
  const bits = v128.and(
    v128.shuffle<i32>(upper, lower, 0, 2, 4, 6),
    i32x4(0x3ffffff, 0x3ffffff, 0x7ffffff, 0x7ffffff),
  );
  const random53 = f64x2.add(
    f64x2.mul(f64x2.convert_low_i32x4_s(bits), f64x2.splat(134217728)),
    f64x2.convert_low_i32x4_s(v128.shuffle<i64>(bits, bits, 1, 1)),
  );
  // Beside 2^52 a whole number is in the lowest bits.
  return f64x2.add(
    f64x2.floor(f64x2.mul(random53, scales)),
    f64x2.splat(WHOLE),
  );
}

/** Whether both squares are neither below the table's first nor above its last. */
@inline
function inTable(squares: v128): bool {
  return i64x2.bitmask(v128.and(
    f64x2.ge(squares, f64x2.splat(NEAREST)),
    f64x2.le(squares, f64x2.splat(FARTHEST)),
  )) == 3;
}

/** The squares, or the ends of the table. */
@inline
function toTable(squares: v128): v128 {
  return f64x2.pmin(
    f64x2.splat(FARTHEST),
    f64x2.pmax(f64x2.splat(NEAREST), squares),
  );
}

/**
 * The forces of two points in both layouts, divided by their distances, from
 * the cubic pieces that their squared distances lie in.
 *
 * @param table Four coefficients of float64 a piece; the last piece twice.
 * @param x Squares in the table.
 */
@inline
function forces(table: usize, x: v128): v128 {
  const pieces = i64x2.sub(
    i64x2.shr_u(x, 52 - PIECE_BITS),
    i64x2.splat(FIRST_PIECE),
  );
  const one = table + (<usize>i64x2.extract_lane(pieces, 0) << 5);
  const other = table + (<usize>i64x2.extract_lane(pieces, 1) << 5);
  const low1 = v128.load(one), low2 = v128.load(other);
  const high1 = v128.load(one, 16), high2 = v128.load(other, 16);
  const low = f64x2.add(
    v128.shuffle<i64>(low1, low2, 0, 2),
    f64x2.mul(v128.shuffle<i64>(low1, low2, 1, 3), x),
  );
  const high = f64x2.add(
    v128.shuffle<i64>(high1, high2, 0, 2),
    f64x2.mul(v128.shuffle<i64>(high1, high2, 1, 3), x),
  );
  return f64x2.add(low, f64x2.mul(f64x2.mul(x, x), high));
}

@inline
function squaresOf(x: v128, y: v128): v128 {
  return f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y));
}

/** Steps along an axis, at most `most`. */
@inline
function stepsOf(strengths: v128, apart: v128, alphas: v128, most: v128): v128 {
  return f64x2.pmax(
    f64x2.neg(most),
    f64x2.pmin(most, f64x2.mul(strengths, f64x2.mul(apart, alphas))),
  );
}

/** Pulls the ends of an edge together, in both layouts of a pair. */
@inline
function pull(
  head: usize,
  tail: usize,
  table: usize,
  alphas: v128,
  most: v128,
): void {
  const headX = v128.load(head), headY = v128.load(head, 16);
  const tailX = v128.load(tail), tailY = v128.load(tail, 16);
  const x = f64x2.sub(headX, tailX), y = f64x2.sub(headY, tailY);
  const squares = squaresOf(x, y);
  const strengths = forces(table, toTable(squares));
  const apart = f64x2.gt(squares, f64x2.splat(0));
  const stepX = v128.and(stepsOf(strengths, x, alphas, most), apart);
  const stepY = v128.and(stepsOf(strengths, y, alphas, most), apart);
  v128.store(head, f64x2.add(headX, stepX));
  v128.store(head, f64x2.add(headY, stepY), 16);
  v128.store(tail, f64x2.sub(tailX, stepX));
  v128.store(tail, f64x2.sub(tailY, stepY), 16);
}

/** Pushes a head from the sample drawn, in both layouts of a pair. */
@inline
function pushFrom(
  places: usize,
  head: usize,
  drawn: v128,
  table: usize,
  alphas: v128,
  most: v128,
): void {
  const at = places + head;
  const one = places + (<usize>i32x4.extract_lane(drawn, 0) << SAMPLE_SHIFT);
  const other = places + (<usize>i32x4.extract_lane(drawn, 2) << SAMPLE_SHIFT);
  const headX = v128.load(at), headY = v128.load(at, 16);
  const x = f64x2.sub(
    headX,
    v128.load64_lane(other, v128.load64_zero(one), 1, 8),
  );
  const y = f64x2.sub(
    headY,
    v128.load64_lane(other, v128.load64_zero(one, 16), 1, 24),
  );
  const squares = squaresOf(x, y);
  if (inTable(squares)) {
    // Almost always: they are apart, and so no sample is drawn for itself.
    const strengths = forces(table, squares);
    const stepX = stepsOf(strengths, x, alphas, most);
    const stepY = stepsOf(strengths, y, alphas, most);
    v128.store(at, f64x2.add(headX, stepX));
    v128.store(at, f64x2.add(headY, stepY), 16);
    return;
  }
  const strengths = forces(table, toTable(squares));
  const apart = f64x2.gt(squares, f64x2.splat(0));
  // A sample is not pushed from itself.
  const isOther = i64x2.ne(
    drawn,
    i64x2.splat(WHOLE_BITS + <i64>(head >> SAMPLE_SHIFT)),
  );
  const stepX = v128.bitselect(stepsOf(strengths, x, alphas, most), most, apart);
  const stepY = v128.bitselect(stepsOf(strengths, y, alphas, most), most, apart);
  v128.store(at, f64x2.add(headX, v128.and(stepX, isOther)));
  v128.store(at, f64x2.add(headY, v128.and(stepY, isOther)), 16);
}

/**
 * Lays samples out in two dimensions by stochastic gradient descent. Each edge
 * is visited when its time has come: it pulls its ends together, and then its
 * head is pushed from other samples, which are drawn by `random53`, one after
 * the other. The rules are those of lib/ml/umap/layout.ts.
 *
 * @param places Pair by pair, four float64 a sample: x of both layouts, then y.
 * @param states Pair by pair, the random states of both layouts: their first
 * words, then their second.
 * @param heads Of each edge, where a sample's position is in a pair, in bytes,
 * as int32; `tails` likewise.
 * @param every Epochs between two visits of an edge, float64.
 * @param everyPush Epochs between two pushes.
 * @param next The epoch of the next visit; `nextPush` likewise.
 * @param rate The learning rate of the first epoch.
 * @param pulls The table of the attraction; `pushes` that of the repulsion.
 */
export function layOut(
  places: usize,
  states: usize,
  pairs: i32,
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
  const scales = f64x2.splat(<f64>samples / 9007199254740992.0);
  const stride = <usize>samples << SAMPLE_SHIFT;
  const end = places + stride * pairs;
  let alpha = rate;
  for (let round = 0; round < epochs; round++) {
    const epoch = <f64>round;
    const alphas = f64x2.splat(alpha);
    const most = f64x2.splat(MAX_STEP * alpha);
    for (let edge = 0; edge < edges; edge++) {
      const at8 = <usize>edge << 3;
      const time = load<f64>(next + at8);
      if (time > epoch) continue;
      store<f64>(next + at8, time + load<f64>(every + at8));
      const head = <usize>load<u32>(heads + (<usize>edge << 2));
      const tail = <usize>load<u32>(tails + (<usize>edge << 2));
      for (let pair = places; pair < end; pair += stride) {
        pull(pair + head, pair + tail, pulls, alphas, most);
      }
      const interval = load<f64>(everyPush + at8);
      const since = load<f64>(nextPush + at8);
      const count = <i32>((epoch - since) / interval);
      for (let push = 0; push < count; push++) {
        let state = states;
        for (let pair = places; pair < end; pair += stride) {
          const drawn = drawPair(state, scales);
          state += STATES;
          pushFrom(pair, head, drawn, pushes, alphas, most);
        }
      }
      store<f64>(nextPush + at8, since + <f64>count * interval);
    }
    alpha = rate * (1 - epoch / <f64>epochs);
  }
}
