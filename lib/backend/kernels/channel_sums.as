// Sums over all pixels, channel by channel, in float64.
//
// Pixels are read in chunks that stay in the first-level cache while the
// channels are processed one after the other.

import { high, low } from "./lanes";

/** Floats in a chunk: 16 KiB. */
const CHUNK: i32 = 4096;

/**
 * sums[c] += sum of d and squares[c] += sum of d^2, float64, zeroed by the
 * caller, where d = x[pixel][c] - pivots[c], or x[pixel][c] where `pivots` is
 * address 0. With values shifted by one of them, sum d^2 - (sum d)^2 / n stays
 * precise.
 */
export function channelSums(
  x: usize,
  pivots: usize,
  pixels: i32,
  channels: i32,
  sums: usize,
  squares: usize,
): void {
  const pixelBytes = <usize>channels << 2;
  const chunk = max(1, CHUNK / channels);
  for (let first = 0; first < pixels; first += chunk) {
    const count = min(chunk, pixels - first);
    const end = x + <usize>count * pixelBytes;
    let c = 0;
    for (; c + 4 <= channels; c += 4) {
      const sum = sums + (<usize>c << 3);
      const square = squares + (<usize>c << 3);
      let s0 = v128.load(sum), s1 = v128.load(sum, 16);
      let q0 = v128.load(square), q1 = v128.load(square, 16);
      const pivot = pivots
        ? v128.load(pivots + (<usize>c << 2))
        : f32x4.splat(0);
      const pivot0 = low(pivot), pivot1 = high(pivot);
      for (let p = x + (<usize>c << 2); p < end; p += pixelBytes) {
        const v = v128.load(p);
        const d0 = f64x2.sub(low(v), pivot0);
        const d1 = f64x2.sub(high(v), pivot1);
        s0 = f64x2.add(s0, d0);
        s1 = f64x2.add(s1, d1);
        q0 = f64x2.add(q0, f64x2.mul(d0, d0));
        q1 = f64x2.add(q1, f64x2.mul(d1, d1));
      }
      v128.store(sum, s0);
      v128.store(sum, s1, 16);
      v128.store(square, q0);
      v128.store(square, q1, 16);
    }
    for (; c < channels; c++) {
      const sum = sums + (<usize>c << 3);
      const square = squares + (<usize>c << 3);
      const pivot: f64 = pivots ? load<f32>(pivots + (<usize>c << 2)) : 0;
      let s = load<f64>(sum), q = load<f64>(square);
      for (let p = x + (<usize>c << 2); p < end; p += pixelBytes) {
        const d = <f64>load<f32>(p) - pivot;
        s += d;
        q += d * d;
      }
      store<f64>(sum, s);
      store<f64>(square, q);
    }
    x = end;
  }
}
