// Gradient of the 3x3 convolution with respect to its filter.
//
// One row of pixels is summed in registers, rows into the image's sum, images
// into the result: the order is fixed and the rounding error grows slowly.

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
 * `[ceil(ci / group)][width + 2][group]`. Neighboring pixels are contiguous,
 * because a power of two between them would cause cache conflicts.
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

/** Channels that are contiguous in the padded copy. */
@inline
function groupOf(ci: i32): i32 {
  return ci < 4 ? ci : 4;
}

/** Blocks of 4 rows of the result that one row of taps fills. */
@inline
function blocksOf(ci: i32): i32 {
  return ci < 4 ? (3 * ci + 3) >> 2 : 3 * ((ci + 3) >> 2);
}

/** Bytes of an image's padded copy; runs are read in whole vectors. */
function groupedBytes(height: i32, width: i32, ci: i32): usize {
  const channels = ci < 4 ? ci : (ci + 3) & ~3;
  return <usize>((height + 2) * (width + 2) * channels + 8) << 2;
}

/** Bytes of scratch that filterGradient needs. */
export function filterGradientScratch(
  height: i32,
  width: i32,
  ci: i32,
  co: i32,
): usize {
  const rowBytes = <usize>((co + 7) >> 3) << 5;
  return groupedBytes(height, width, ci) +
    <usize>(width + 12 * blocksOf(ci)) * rowBytes;
}

/**
 * The sum over a few images; `result` is `[9 * ci][co]`, overwritten. Below 4
 * channels the taps of a row, 3 * ci contiguous floats, are processed together,
 * otherwise 4 channels of one tap. `scratch` has filterGradientScratch bytes.
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
  const small = ci < 4;
  const group = groupOf(ci);
  const groups = small ? 1 : (ci + 3) >> 2;
  const pixelBytes = <usize>group << 2;
  const groupBytes = <usize>(width + 2) * pixelBytes;
  const rowBytes = <usize>groups * groupBytes;
  const blocks = blocksOf(ci);
  const coBlocks = (co + 7) >> 3;
  const sumRowBytes = <usize>coBlocks << 5;
  const tapBytes = <usize>(blocks * 4) * sumRowBytes;
  const paddedSize = groupedBytes(height, width, ci);
  const panel = scratch;
  const sum = panel + <usize>width * sumRowBytes;
  const padded = sum + 3 * tapBytes;
  memory.fill(panel, 0, <usize>width * sumRowBytes);
  memory.fill(padded, 0, paddedSize);
  memory.fill(result, 0, <usize>(9 * ci * co) << 2);
  for (let image = 0; image < images; image++) {
    copyGrouped(x, height, width, ci, group, padded);
    x += <usize>(height * width * ci) << 2;
    memory.fill(sum, 0, 3 * tapBytes);
    for (let i = 0; i < height; i++) {
      packRow(dy, panel, width, co);
      dy += <usize>(width * co) << 2;
      for (let tapRow = 0; tapRow < 3; tapRow++) {
        const source = padded + <usize>(i + tapRow) * rowBytes;
        for (let block = 0; block < blocks; block++) {
          // Small: 4 floats of a run. Otherwise: tap, then group.
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
