// 3x3 convolution to one or two channels.
//
// Most of the 8 lanes of the ordinary one would stay empty: here lanes run over
// the input instead of the output.

import { rectify } from "./epilogue";
import { copyPadded } from "./padding";

@inline
function sumOfLanes(v: v128): f32 {
  return (f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1)) +
    (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

/** Four neighboring pixels of one output channel. */
function fourPixels(
  source: usize,
  pixelBytes: usize,
  rowBytes: usize,
  run: i32,
  weights: usize,
  bias: f32,
  pixels: i32,
  y: usize,
  yPixelBytes: usize,
): void {
  let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0;
  const runBytes = <usize>run << 2;
  for (let tapRow = 0; tapRow < 3; tapRow++) {
    let a0 = source;
    let a1 = a0 + pixelBytes;
    let a2 = a1 + pixelBytes;
    let a3 = a2 + pixelBytes;
    const end = a0 + runBytes;
    while (a0 < end) {
      const w = v128.load(weights);
      c0 = f32x4.add(c0, f32x4.mul(w, v128.load(a0)));
      c1 = f32x4.add(c1, f32x4.mul(w, v128.load(a1)));
      c2 = f32x4.add(c2, f32x4.mul(w, v128.load(a2)));
      c3 = f32x4.add(c3, f32x4.mul(w, v128.load(a3)));
      a0 += 16;
      a1 += 16;
      a2 += 16;
      a3 += 16;
      weights += 16;
    }
    source += rowBytes;
  }
  store<f32>(y, bias + sumOfLanes(c0));
  if (pixels > 1) store<f32>(y + yPixelBytes, bias + sumOfLanes(c1));
  if (pixels > 2) store<f32>(y + 2 * yPixelBytes, bias + sumOfLanes(c2));
  if (pixels > 3) store<f32>(y + 3 * yPixelBytes, bias + sumOfLanes(c3));
}

/** The same as convolve, with `weights` from packNarrowFilter. */
export function convolveNarrow(
  x: usize,
  weights: usize,
  y: usize,
  height: i32,
  width: i32,
  ci: i32,
  co: i32,
  shift: usize,
  relu: i32,
  gate: usize,
  scratch: usize,
): void {
  const paddedWidth = max(width, 4) + 2;
  const pixelBytes = <usize>ci << 2;
  const rowBytes = <usize>paddedWidth * pixelBytes;
  const yPixelBytes = <usize>co << 2;
  const run = (3 * ci + 3) & ~3;
  const weightBytes = <usize>(3 * run) << 2;
  copyPadded(x, height, width, ci, scratch);
  let row = scratch;
  let yRow = y;
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j += 4) {
      const start = width < 4 ? 0 : min(j, width - 4);
      for (let o = 0; o < co; o++) {
        fourPixels(
          row + <usize>start * pixelBytes, pixelBytes, rowBytes, run,
          weights + <usize>o * weightBytes,
          shift ? load<f32>(shift + (<usize>o << 2)) : 0, min(4, width),
          yRow + <usize>start * yPixelBytes + (<usize>o << 2), yPixelBytes,
        );
      }
    }
    row += rowBytes;
    yRow += <usize>width * yPixelBytes;
  }
  rectify(y, height * width * co, relu != 0, gate);
}
