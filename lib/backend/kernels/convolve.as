// 3x3 convolution, stride 1, "same" padding, channels last.

import { rectify } from "./epilogue";
import { copyLanes } from "./lanes";
import { copyPadded, paddedBytes } from "./padding";
import { tile4x8, writeCorner } from "./tile";

/** Bytes of scratch that convolve and convolveNarrow need. */
export function convolveScratch(height: i32, width: i32, ci: i32): usize {
  return paddedBytes(height, width, ci) + 160;
}

/**
 * Convolves one image. `panels` comes from packFilter, `shift` has co floats,
 * `gate` has y's shape; both may be address 0, for none. y = (x convolved) +
 * shift, then max(0, y) where `relu` is 1, then 0 where `gate` is not above 0.
 * `scratch` has convolveScratch bytes.
 */
export function convolve(
  x: usize,
  panels: usize,
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
  const panelBytes = <usize>(9 * ci) << 5;
  const run = 3 * ci;
  const tile = scratch;
  const bias = tile + 128;
  const padded = bias + 32;
  copyPadded(x, height, width, ci, padded);
  let row = padded;
  let yRow = y;
  for (let i = 0; i < height; i++) {
    let panel = panels;
    for (let first = 0; first < co; first += 8) {
      const columns = min(8, co - first);
      memory.fill(bias, 0, 32);
      if (shift) copyLanes(shift + (<usize>first << 2), bias, columns);
      for (let j = 0; j < width; j += 4) {
        // The last block overlaps the previous one and computes the same sums.
        const start = width < 4 ? 0 : min(j, width - 4);
        const source = row + <usize>start * pixelBytes;
        const target = yRow + <usize>start * yPixelBytes + (<usize>first << 2);
        const whole = columns == 8 && width >= 4;
        tile4x8(
          source, pixelBytes, rowBytes, 3, run, panel, bias,
          whole ? target : tile, whole ? yPixelBytes : 32, false,
        );
        if (whole) continue;
        writeCorner(tile, target, yPixelBytes, min(4, width), columns, false);
      }
      panel += panelBytes;
    }
    row += rowBytes;
    yRow += <usize>width * yPixelBytes;
  }
  rectify(y, height * width * co, relu != 0, gate);
}
