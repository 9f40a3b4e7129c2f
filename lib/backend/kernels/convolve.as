// 3x3 convolution, stride 1, "same" padding, channels last.

import { copyPadded, paddedBytes } from "./padding";
import { tile4x8, writeCorner } from "./tile";

/** Bytes of scratch that convolve and convolveNarrow need. */
export function convolveScratch(height: i32, width: i32, ci: i32): usize {
  return paddedBytes(height, width, ci) + 128;
}

/**
 * Convolves one image. `panels` comes from packFilter, `bias` has co floats
 * rounded up to a multiple of 8, `scratch` has convolveScratch bytes.
 */
export function convolve(
  x: usize,
  panels: usize,
  bias: usize,
  y: usize,
  height: i32,
  width: i32,
  ci: i32,
  co: i32,
  scratch: usize,
): void {
  const paddedWidth = max(width, 4) + 2;
  const pixelBytes = <usize>ci << 2;
  const rowBytes = <usize>paddedWidth * pixelBytes;
  const yPixelBytes = <usize>co << 2;
  const panelBytes = <usize>(9 * ci) << 5;
  const run = 3 * ci;
  const tile = scratch;
  const padded = scratch + 128;
  copyPadded(x, height, width, ci, padded);
  let row = padded;
  for (let i = 0; i < height; i++) {
    let panel = panels;
    for (let first = 0; first < co; first += 8) {
      const columns = min(8, co - first);
      const biasBlock = bias + (<usize>first << 2);
      for (let j = 0; j < width; j += 4) {
        // The last block overlaps the previous one and computes the same sums.
        const start = width < 4 ? 0 : min(j, width - 4);
        const source = row + <usize>start * pixelBytes;
        const target = y + <usize>start * yPixelBytes + (<usize>first << 2);
        if (columns == 8 && width >= 4) {
          tile4x8(
            source, pixelBytes, rowBytes, 3, run, panel, biasBlock,
            target, yPixelBytes, false,
          );
        } else {
          tile4x8(
            source, pixelBytes, rowBytes, 3, run, panel, biasBlock,
            tile, 32, false,
          );
          writeCorner(tile, target, yPixelBytes, min(4, width), columns, false);
        }
      }
      panel += panelBytes;
    }
    row += rowBytes;
    y += <usize>width * yPixelBytes;
  }
}
