// Pixels from the products of Winograd's F(4x4, 3x3).

import { finish } from "./epilogue";
import { copyLanes } from "./lanes";
import { outputStep } from "./winograd_steps";
import { tileCount } from "./winograd_tiles";

/** Copies the valid part of a square of 4 x 4 pixels and 4 channels to y. */
function copyPixels(
  square: usize,
  rows: i32,
  columns: i32,
  lanes: i32,
  y: usize,
  rowBytes: usize,
  pixelBytes: usize,
): void {
  for (let i = 0; i < rows; i++) {
    let target = y + <usize>i * rowBytes;
    for (let j = 0; j < columns; j++) {
      copyLanes(square + (<usize>(4 * i + j) << 4), target, lanes);
      target += pixelBytes;
    }
  }
}

/**
 * Transforms the products `m` of the tiles first, ..., first + count - 1 of one
 * image, in planes `[count][ceil(co / 8) * 8]`, to y `[height][width][co]`;
 * then y = y + shift, then max(0, y) with `relu`, then 0 where `gate`, which
 * has y's shape, is not above 0. Address 0 means no shift or no gate. `scratch`
 * holds 40 vectors.
 */
export function transformOutput(
  m: usize,
  planeBytes: usize,
  y: usize,
  height: i32,
  width: i32,
  co: i32,
  first: i32,
  count: i32,
  shift: usize,
  relu: bool,
  gate: usize,
  scratch: usize,
): void {
  const tilesPerRow = tileCount(width);
  const pixelBytes = <usize>co << 2;
  const rowBytes = <usize>width * pixelBytes;
  const tileBytes = <usize>((co + 7) & ~7) << 2;
  const square = scratch + 24 * 16;
  for (let tile = first; tile < first + count; tile++) {
    const top = tile / tilesPerRow << 2;
    const left = tile % tilesPerRow << 2;
    const rows = min(4, height - top);
    const columns = min(4, width - left);
    const corner = y + <usize>top * rowBytes + <usize>left * pixelBytes;
    const whole = rows == 4 && columns == 4;
    for (let c = 0; c < co; c += 4) {
      const offset = <usize>c << 2;
      let source = m + offset;
      for (let i: usize = 0; i < 6; i++) {
        // Row i of the products to 4 values of column j: [j][i].
        outputStep(source, planeBytes, scratch + (i << 4), 96);
        source += 6 * planeBytes;
      }
      const target = corner + offset;
      const lanes = min(4, co - c);
      if (whole && lanes == 4) {
        for (let j: usize = 0; j < 4; j++) {
          outputStep(
            scratch + j * 96, 16, target + j * pixelBytes, rowBytes,
          );
        }
      } else {
        for (let j: usize = 0; j < 4; j++) {
          outputStep(scratch + j * 96, 16, square + (j << 4), 64);
        }
        copyPixels(
          square, rows, columns, lanes, target, rowBytes, pixelBytes,
        );
      }
      if (shift || relu || gate) {
        finish(
          target, rows, columns, lanes, rowBytes, pixelBytes,
          shift ? shift + offset : 0, relu, gate ? gate + (target - y) : 0,
        );
      }
    }
    m += tileBytes;
  }
}
