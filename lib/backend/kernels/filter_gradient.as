// Gradient of the 3x3 convolution at its filter. One row of pixels is summed
// in registers, rows into the image's sum, images into the result: the order
// is fixed and the rounding error grows slowly.

import { outer4x8 } from "./outer_tile";

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
        for (let lane = 0; lane < lanes; lane++) {
          const offset = <usize>lane << 2;
          store<f32>(panel + offset, load<f32>(source + offset));
        }
      }
      source += pixelBytes;
      panel += 32;
    }
  }
}

/**
 * An image into its padded copy by groups of channels: every row is
 * `[ceil(ci / group)][width + 2][group]`. Neighbouring pixels lie together,
 * where a power of two between them would fight over cache lines.
 */
function copyGrouped(
  image: usize,
  height: i32,
  width: i32,
  ci: i32,
  group: i32,
  padded: usize,
): void {
  const groups = (ci + group - 1) / group;
  const groupBytes = <usize>((width + 2) * group) << 2;
  let row = padded + <usize>groups * groupBytes;
  for (let i = 0; i < height; i++) {
    for (let first = 0; first < ci; first += group) {
      let target = row + (<usize>group << 2);
      let source = image + (<usize>first << 2);
      const lanes = min(group, ci - first);
      for (let j = 0; j < width; j++) {
        if (lanes == 4) {
          v128.store(target, v128.load(source));
        } else {
          for (let lane = 0; lane < lanes; lane++) {
            const offset = <usize>lane << 2;
            store<f32>(target + offset, load<f32>(source + offset));
          }
        }
        source += <usize>ci << 2;
        target += <usize>group << 2;
      }
      row += groupBytes;
    }
    image += <usize>(width * ci) << 2;
  }
}

/** Adds an image's sum to the result and clears it for the next image. */
function flush(
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

/**
 * One batch; `result` is `[9 * ci][co]`. Below 4 channels the taps of a row,
 * 3 * ci neighbouring floats, are taken together, else 4 channels of one tap.
 * All scratch is zeroed by the caller: `padded` holds
 * (height + 2) * (width + 2) * ci floats (ci rounded up to 4 from 4 on) and 8
 * more, `panel` width * co, `sum` 3 * rows * co, with co rounded up to 8 and
 * rows = 4 for ci < 2, 8 for ci < 4, else 3 * ci rounded up to 12.
 */
export function filterGradient(
  x: usize,
  dy: usize,
  result: usize,
  batch: i32,
  height: i32,
  width: i32,
  ci: i32,
  co: i32,
  padded: usize,
  panel: usize,
  sum: usize,
): void {
  const small = ci < 4;
  const group = small ? ci : 4;
  const groups = small ? 1 : (ci + 3) >> 2;
  const pixelBytes = <usize>group << 2;
  const groupBytes = <usize>(width + 2) * pixelBytes;
  const rowBytes = <usize>groups * groupBytes;
  // Blocks of 4 rows of the result that one row of taps fills.
  const blocks = small ? (3 * ci + 3) >> 2 : 3 * groups;
  const coBlocks = (co + 7) >> 3;
  const sumRowBytes = <usize>coBlocks << 5;
  const tapBytes = <usize>(blocks * 4) * sumRowBytes;
  memory.fill(result, 0, <usize>(9 * ci * co) << 2);
  for (let image = 0; image < batch; image++) {
    copyGrouped(x, height, width, ci, group, padded);
    x += <usize>(height * width * ci) << 2;
    memory.fill(sum, 0, 3 * tapBytes);
    for (let i = 0; i < height; i++) {
      packRow(dy, panel, width, co);
      dy += <usize>(width * co) << 2;
      for (let tapRow = 0; tapRow < 3; tapRow++) {
        const source = padded + <usize>(i + tapRow) * rowBytes;
        for (let block = 0; block < blocks; block++) {
          // Small: the block-th 4 floats of a run. Else: tap, then group.
          const a = small
            ? source + (<usize>block << 4)
            : source + <usize>(block / groups) * pixelBytes +
              <usize>(block % groups) * groupBytes;
          let target = sum + <usize>tapRow * tapBytes +
            <usize>(block * 4) * sumRowBytes;
          let b = panel;
          for (let oBlock = 0; oBlock < coBlocks; oBlock++) {
            outer4x8(a, pixelBytes, b, width, target, sumRowBytes, true);
            b += <usize>width << 5;
            target += 32;
          }
        }
      }
    }
    for (let tap = 0; tap < 9; tap++) {
      const tapRow = tap / 3;
      const column = tap % 3;
      const firstRow = tapRow * blocks * 4 + column * (small ? ci : groups * 4);
      flush(
        sum + <usize>firstRow * sumRowBytes, sumRowBytes,
        result + (<usize>(tap * ci * co) << 2), ci, co,
      );
    }
  }
}
