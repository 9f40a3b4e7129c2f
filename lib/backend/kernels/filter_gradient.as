// Gradient of the 3x3 convolution with respect to its filter.
//
// One row of pixels is summed in registers, rows into the image's sum, images
// into the result: the order is fixed and the rounding error grows slowly.

import { copyLanes } from "./lanes";
import { copyPadded, paddedBytes } from "./padding";
import { outerTiles } from "./tile";

/** One row of dy, `[width][co]`, to `[ceil(co / 8)][width][8]`. */
function packRow(dy: usize, panel: usize, width: i32, co: i32): void {
  const pixelBytes = <usize>co << 2;
  for (let first = 0; first < co; first += 8) {
    let source = dy + (<usize>first << 2);
    const lanes = min(8, co - first);
    for (let j = 0; j < width; j++) {
      if (lanes == 8) {
        v128.store(panel, v128.load(source));
        v128.store(panel, v128.load(source, 16), 16);
      } else {
        copyLanes(source, panel, lanes);
      }
      source += pixelBytes;
      panel += 32;
    }
  }
}

/** Adds an image's sum `[rows][co rounded up to 8]` to the result. */
function addSum(
  sum: usize,
  sumRowBytes: usize,
  result: usize,
  rows: i32,
  co: i32,
): void {
  for (let row = 0; row < rows; row++) {
    for (let o = 0; o < co; o++) {
      const offset = <usize>o << 2;
      store<f32>(result, load<f32>(result) + load<f32>(sum + offset));
      result += 4;
    }
    sum += sumRowBytes;
  }
}

/** Blocks of 4 rows of the result that one row of taps fills. */
@inline
function blocksOf(ci: i32): i32 {
  return (3 * ci + 3) >> 2;
}

/** Bytes of scratch that filterGradient needs. */
export function filterGradientScratch(
  height: i32,
  width: i32,
  ci: i32,
  co: i32,
): usize {
  const rowBytes = <usize>((co + 7) >> 3) << 5;
  return paddedBytes(height, width, ci) +
    <usize>(width + 12 * blocksOf(ci)) * rowBytes;
}

/**
 * The sum over a few images; `result` is `[9 * ci][co]`, overwritten. The taps
 * of a row, 3 * ci contiguous floats, are processed in blocks of 4. `scratch`
 * has filterGradientScratch bytes.
 */
export function filterGradient(
  x: usize,
  dy: usize,
  result: usize,
  images: i32,
  height: i32,
  width: i32,
  ci: i32,
  co: i32,
  scratch: usize,
): void {
  const pixelBytes = <usize>ci << 2;
  const rowBytes = <usize>(max(width, 4) + 2) * pixelBytes;
  const blocks = blocksOf(ci);
  const sumRowBytes = <usize>((co + 7) >> 3) << 5;
  const tapBytes = <usize>(blocks * 4) * sumRowBytes;
  const panel = scratch;
  const sum = panel + <usize>width * sumRowBytes;
  const padded = sum + 3 * tapBytes;
  memory.fill(panel, 0, <usize>width * sumRowBytes);
  memory.fill(result, 0, <usize>(9 * ci * co) << 2);
  for (let image = 0; image < images; image++) {
    copyPadded(x, height, width, ci, padded);
    x += <usize>(height * width * ci) << 2;
    memory.fill(sum, 0, 3 * tapBytes);
    for (let i = 0; i < height; i++) {
      packRow(dy, panel, width, co);
      dy += <usize>(width * co) << 2;
      for (let tapRow = 0; tapRow < 3; tapRow++) {
        const a = padded + <usize>(i + tapRow) * rowBytes;
        const row = sum + <usize>tapRow * tapBytes;
        let b = panel;
        for (let column: usize = 0; column < sumRowBytes; column += 32) {
          outerTiles(
            a, pixelBytes, b, width, row + column, sumRowBytes, 4 * blocks,
            true,
          );
          b += <usize>width << 5;
        }
      }
    }
    for (let tapRow = 0; tapRow < 3; tapRow++) {
      addSum(
        sum + <usize>tapRow * tapBytes, sumRowBytes,
        result + (<usize>(tapRow * 3 * ci * co) << 2), 3 * ci, co,
      );
    }
  }
}
