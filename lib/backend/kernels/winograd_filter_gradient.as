// Gradient of the 3x3 convolution's filter by Winograd's F(4x4, 3x3).
//
// For each pair of channels it sums 36 products per tile instead of 144.

import { copyLanes } from "./lanes";
import { outerTiles } from "./tile";
import { tileScratch, transformTiles } from "./winograd_input";
import { tapStep } from "./winograd_steps";
import { CHUNK_BYTES, evenChunk, LINE, tileCount } from "./winograd_tiles";

/** Tiles per chunk, at most. */
function mostTiles(ci: i32, co: i32): i32 {
  // From 2 ci co / (ci + co) tiles on, the sums need less memory traffic than
  // the factors.
  return max(CHUNK_BYTES / (144 * (ci + co)), 2 * ci * co / (ci + co));
}

/** Bytes of one plane of factors, `[ceil(channels / 8)][chunk][8]`. */
@inline
function planeOf(chunk: i32, channels: i32): usize {
  return (<usize>(chunk * ((channels + 7) >> 3)) << 5) + LINE;
}

/** Bytes of one plane of sums, `[ci rounded up to 4][co rounded up to 8]`. */
@inline
function sumPlaneOf(ci: i32, co: i32): usize {
  return (<usize>(((ci + 3) & ~3) * ((co + 7) & ~7)) << 2) + LINE;
}

/**
 * Bytes of scratch that winogradFilterGradient needs for so many images or
 * fewer: a smaller number may be split into larger chunks.
 */
export function winogradFilterGradientScratch(
  images: i32,
  height: i32,
  width: i32,
  ci: i32,
  co: i32,
): usize {
  const tiles = images * tileCount(height) * tileCount(width);
  const chunk = min(tiles, mostTiles(ci, co));
  const planes = planeOf(chunk, ci) + planeOf(chunk, co) + sumPlaneOf(ci, co);
  return 36 * planes + tileScratch(max(ci, co));
}

/** Transforms the sums of products to the filter's gradient `[9 * ci][co]`. */
function transformSums(
  sums: usize,
  planeBytes: usize,
  result: usize,
  ci: i32,
  co: i32,
  scratch: usize,
): void {
  const rowBytes = <usize>((co + 7) & ~7) << 2;
  const tapBytes = <usize>(ci * co) << 2;
  const taps = scratch + 18 * 16;
  for (let c = 0; c < ci; c++) {
    for (let first = 0; first < co; first += 4) {
      let source = sums + (<usize>first << 2);
      for (let i: usize = 0; i < 6; i++) {
        // Row i of the sums to 3 values of column j: [j][i].
        tapStep(source, planeBytes, scratch + (i << 4), 96);
        source += 6 * planeBytes;
      }
      for (let j: usize = 0; j < 3; j++) {
        tapStep(scratch + j * 96, 16, taps + (j << 4), 48);
      }
      const lanes = min(4, co - first);
      let target = result + (<usize>first << 2);
      for (let tap: usize = 0; tap < 9; tap++) {
        copyLanes(taps + (tap << 4), target, lanes);
        target += tapBytes;
      }
    }
    sums += rowBytes;
    result += <usize>co << 2;
  }
}

/**
 * The sum over a few images; `result` is `[9 * ci][co]`, overwritten.
 * `scratch` has winogradFilterGradientScratch bytes.
 */
export function winogradFilterGradient(
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
  const tiles = images * tileCount(height) * tileCount(width);
  const chunk = evenChunk(tiles, mostTiles(ci, co));
  const panelBytes = <usize>chunk << 5;
  const inputPlane = planeOf(chunk, ci);
  const gradientPlane = planeOf(chunk, co);
  const sumPlane = sumPlaneOf(ci, co);
  const sumRowBytes = <usize>((co + 7) & ~7) << 2;
  const v = scratch;
  const d = v + 36 * inputPlane;
  const sums = d + 36 * gradientPlane;
  const rest = sums + 36 * sumPlane;
  // The results of a last panel's empty half are not read, but denormal numbers
  // in it would make the computation slow.
  if (((co - 1) & 4) == 0) memory.fill(d, 0, 36 * gradientPlane);
  for (let first = 0; first < tiles; first += chunk) {
    const count = min(chunk, tiles - first);
    transformTiles(
      false, x, height, width, ci, first, count, v, inputPlane, 32, panelBytes,
      rest,
    );
    transformTiles(
      true, dy, height, width, co, first, count, d, gradientPlane, 32,
      panelBytes, rest,
    );
    for (let plane: usize = 0; plane < 36; plane++) {
      let panel = d + plane * gradientPlane;
      let block = sums + plane * sumPlane;
      for (let o = 0; o < co; o += 8) {
        let target = block;
        let a = v + plane * inputPlane;
        for (let c = 0; c < ci; c += 8) {
          const rows = (min(8, ci - c) + 3) & ~3;
          outerTiles(a, 32, panel, count, target, sumRowBytes, rows, first > 0);
          target += 8 * sumRowBytes;
          a += panelBytes;
        }
        panel += panelBytes;
        block += 32;
      }
    }
  }
  transformSums(sums, sumPlane, result, ci, co, rest);
}
