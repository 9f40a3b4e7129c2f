// The two passes of the gradient of relu(batch normalization).
//
// With d = z - mean, and g = dy where z * scale + shift > 0 and 0 elsewhere:
// first sum g and g * d, then dz = scale * g + slope * d + offset.

import { high, low } from "./lanes";

/** Floats in a chunk: two inputs of 16 KiB each. */
const CHUNK: i32 = 4096;

/** sumG[c] += sum of g, sumGd[c] += sum of g * d; float64, zeroed before. */
export function batchNormReluSums(
  dy: usize,
  z: usize,
  mean: usize,
  scale: usize,
  shift: usize,
  pixels: i32,
  channels: i32,
  sumG: usize,
  sumGd: usize,
): void {
  const zero = f32x4.splat(0);
  const pixelBytes = <usize>channels << 2;
  const chunk = max(1, CHUNK / channels);
  for (let first = 0; first < pixels; first += chunk) {
    const count = min(chunk, pixels - first);
    const end = z + <usize>count * pixelBytes;
    const toDy = dy - z;
    let c = 0;
    for (; c + 4 <= channels; c += 4) {
      const offset = <usize>c << 2;
      const toG = sumG + (<usize>c << 3);
      const toGd = sumGd + (<usize>c << 3);
      let g0 = v128.load(toG), g1 = v128.load(toG, 16);
      let h0 = v128.load(toGd), h1 = v128.load(toGd, 16);
      const middle = v128.load(mean + offset);
      const factor = v128.load(scale + offset);
      const summand = v128.load(shift + offset);
      for (let p = z + offset; p < end; p += pixelBytes) {
        const v = v128.load(p);
        const open = f32x4.gt(f32x4.add(f32x4.mul(v, factor), summand), zero);
        const g = v128.and(v128.load(p + toDy), open);
        const h = f32x4.mul(g, f32x4.sub(v, middle));
        g0 = f64x2.add(g0, low(g));
        g1 = f64x2.add(g1, high(g));
        h0 = f64x2.add(h0, low(h));
        h1 = f64x2.add(h1, high(h));
      }
      v128.store(toG, g0);
      v128.store(toG, g1, 16);
      v128.store(toGd, h0);
      v128.store(toGd, h1, 16);
    }
    for (; c < channels; c++) {
      const offset = <usize>c << 2;
      const toG = sumG + (<usize>c << 3);
      const toGd = sumGd + (<usize>c << 3);
      let sum = load<f64>(toG), sumD = load<f64>(toGd);
      for (let p = z + offset; p < end; p += pixelBytes) {
        const v = load<f32>(p);
        if (v * load<f32>(scale + offset) + load<f32>(shift + offset) > 0) {
          const g = load<f32>(p + toDy);
          sum += <f64>g;
          sumD += <f64>(g * (v - load<f32>(mean + offset)));
        }
      }
      store<f64>(toG, sum);
      store<f64>(toGd, sumD);
    }
    dy += <usize>count * pixelBytes;
    z = end;
  }
}

/** scale * g + slope * (z - mean) + offset of four channels. */
@inline
function applied(
  dy: v128,
  z: v128,
  mean: v128,
  scale: v128,
  shift: v128,
  slope: v128,
  offset: v128,
): v128 {
  const open = f32x4.gt(f32x4.add(f32x4.mul(z, scale), shift), f32x4.splat(0));
  const g = f32x4.mul(v128.and(dy, open), scale);
  const d = f32x4.mul(f32x4.sub(z, mean), slope);
  return f32x4.add(g, f32x4.add(d, offset));
}

/** dz = scale * g + slope * (z - mean) + offset. */
export function batchNormReluApply(
  dy: usize,
  z: usize,
  dz: usize,
  mean: usize,
  scale: usize,
  shift: usize,
  slope: usize,
  offset: usize,
  pixels: i32,
  channels: i32,
): void {
  if (channels == 8) {
    // Those of the default network: the factors stay in registers.
    const mean0 = v128.load(mean), mean1 = v128.load(mean, 16);
    const scale0 = v128.load(scale), scale1 = v128.load(scale, 16);
    const shift0 = v128.load(shift), shift1 = v128.load(shift, 16);
    const slope0 = v128.load(slope), slope1 = v128.load(slope, 16);
    const offset0 = v128.load(offset), offset1 = v128.load(offset, 16);
    const end = z + (<usize>pixels << 5);
    for (; z < end; z += 32) {
      const d0 = applied(
        v128.load(dy), v128.load(z), mean0, scale0, shift0, slope0, offset0,
      );
      const d1 = applied(
        v128.load(dy, 16), v128.load(z, 16), mean1, scale1, shift1, slope1,
        offset1,
      );
      v128.store(dz, d0);
      v128.store(dz, d1, 16);
      dy += 32;
      dz += 32;
    }
    return;
  }
  const pairs = <usize>(channels & ~7) << 2;
  const whole = <usize>(channels & ~3) << 2;
  const all = <usize>channels << 2;
  for (let pixel = 0; pixel < pixels; pixel++) {
    let c: usize = 0;
    // Pairs of vectors, all loads before the stores: V8 can make one of each.
    for (; c < pairs; c += 32) {
      const d0 = applied(
        v128.load(dy + c), v128.load(z + c),
        v128.load(mean + c), v128.load(scale + c),
        v128.load(shift + c), v128.load(slope + c),
        v128.load(offset + c),
      );
      const d1 = applied(
        v128.load(dy + c, 16), v128.load(z + c, 16),
        v128.load(mean + c, 16), v128.load(scale + c, 16),
        v128.load(shift + c, 16), v128.load(slope + c, 16),
        v128.load(offset + c, 16),
      );
      v128.store(dz + c, d0);
      v128.store(dz + c, d1, 16);
    }
    for (; c < whole; c += 16) {
      const d = applied(
        v128.load(dy + c), v128.load(z + c),
        v128.load(mean + c), v128.load(scale + c),
        v128.load(shift + c), v128.load(slope + c),
        v128.load(offset + c),
      );
      v128.store(dz + c, d);
    }
    for (; c < all; c += 4) {
      const v = load<f32>(z + c);
      const factor = load<f32>(scale + c);
      const open = v * factor + load<f32>(shift + c) > 0;
      const g: f32 = open ? load<f32>(dy + c) * factor : 0;
      const d = (v - load<f32>(mean + c)) * load<f32>(slope + c);
      store<f32>(dz + c, g + (d + load<f32>(offset + c)));
    }
    dy += all;
    z += all;
    dz += all;
  }
}
