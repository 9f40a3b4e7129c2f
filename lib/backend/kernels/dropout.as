// Dropout: which values are kept, a byte each, and the product with it.

import { getRandomState, next, setRandomState } from "./random";

/** Whether another draw of 32 bits keeps a value: all bits set, or none. */
@inline
function drawAgain(limit: f64): u8 {
  return <f64>(<i32>next()) < limit ? 0 : 0xff;
}

/**
 * mask[i] = 255 where a random byte is above `undecided`, 0 where it is below.
 * The bytes are those of numbers of 32 bits, the lowest first. Where one equals
 * `undecided`, another number of 32 bits, signed, decides: below `limit` the
 * value is dropped. These numbers are drawn after all bytes.
 *
 * @param state The generator's state, which is changed.
 */
export function drawDropout(
  mask: usize,
  size: i32,
  undecided: i32,
  limit: f64,
  state: usize,
): void {
  setRandomState(state);
  const end = mask + <usize>size;
  const wordsEnd = mask + <usize>(size & ~3);
  let p = mask;
  for (; p < wordsEnd; p += 4) store<u32>(p, <u32>next());
  if (p < end) {
    let bits = <u32>next();
    for (; p < end; p++) {
      store<u8>(p, <u8>bits);
      bits >>= 8;
    }
  }
  const bound = i8x16.splat(<i8>undecided);
  const vectorsEnd = mask + <usize>(size & ~15);
  for (p = mask; p < vectorsEnd; p += 16) {
    const bytes = v128.load(p);
    v128.store(p, i8x16.gt_u(bytes, bound));
    let equal = i8x16.bitmask(i8x16.eq(bytes, bound));
    for (; equal; equal &= equal - 1) {
      store<u8>(p + <usize>ctz(equal), drawAgain(limit));
    }
  }
  for (; p < end; p++) {
    const byte = <i32>load<u8>(p);
    const kept: u8 = byte > undecided ? 0xff : 0;
    store<u8>(p, byte == undecided ? drawAgain(limit) : kept);
  }
  getRandomState(state);
}

/** Of 4 values their factors: `kept` or 0; of 8 bytes in halves, 4 of them. */
@inline
function lowFactors(halves: v128, kept: v128): v128 {
  return v128.and(i32x4.extend_low_i16x8_s(halves), kept);
}

/** Of the other 4 of them. */
@inline
function highFactors(halves: v128, kept: v128): v128 {
  return v128.and(i32x4.extend_high_i16x8_s(halves), kept);
}

/** y[i] = x[i] * (mask[i] ? kept : 0); y may be x. */
export function applyDropout(
  x: usize,
  mask: usize,
  y: usize,
  size: i32,
  kept: f32,
): void {
  const factor = f32x4.splat(kept);
  const whole = mask + <usize>(size & ~7);
  const end = mask + <usize>size;
  for (; mask < whole; mask += 8) {
    const halves = v128.load8x8_s(mask);
    const v0 = f32x4.mul(v128.load(x), lowFactors(halves, factor));
    const v1 = f32x4.mul(v128.load(x, 16), highFactors(halves, factor));
    v128.store(y, v0);
    v128.store(y, v1, 16);
    x += 32;
    y += 32;
  }
  for (; mask < end; mask++) {
    store<f32>(y, load<f32>(x) * (load<u8>(mask) ? kept : 0));
    x += 4;
    y += 4;
  }
}
