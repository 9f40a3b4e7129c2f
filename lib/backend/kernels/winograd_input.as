// The factors of images' tiles for Winograd's F(4x4, 3x3).
//
// 6 x 6 pixels of the input, or 4 x 4 of the gradient with respect to the
// output, become 36 factors per channel.

import { gradientStep, inputStep, storeInputConstants } from "./winograd_steps";
import { copySquare, tileCount } from "./winograd_tiles";

/** Bytes of scratch that the functions of this file need. */
export function tileScratch(channels: i32): usize {
  return 37 * 16 + (<usize>(36 * ((channels + 3) & ~3)) << 2);
}

/**
 * The factors of the tiles first, ..., first + count - 1 of a list of images,
 * written to `v`. The 8 channels 8p, ..., 8p + 7 of plane k and tile t are at
 * v + k * planeBytes + t * tileBytes + p * pairBytes; channels up to the next
 * multiple of 4 are zero. `scratch` has tileScratch bytes.
 */
export function transformInput(
  x: usize,
  height: i32,
  width: i32,
  channels: i32,
  first: i32,
  count: i32,
  v: usize,
  planeBytes: usize,
  tileBytes: usize,
  pairBytes: usize,
  scratch: usize,
): void {
  const tilesPerRow = tileCount(width);
  const tilesPerImage = tilesPerRow * tileCount(height);
  const quads = (channels + 3) >> 2;
  const temporary = scratch + 16;
  const square = temporary + 36 * 16;
  storeInputConstants(scratch);
  const root = v128.load_splat<f32>(scratch);
  const twiceRoot = v128.load_splat<f32>(scratch, 4);
  const half = v128.load_splat<f32>(scratch, 8);
  const fiveHalves = v128.load_splat<f32>(scratch, 12);
  for (let tile = first; tile < first + count; tile++) {
    const imageTile = tile % tilesPerImage;
    const image = x +
      (<usize>(tile / tilesPerImage * height * width * channels) << 2);
    const top = (imageTile / tilesPerRow << 2) - 1;
    const left = (imageTile % tilesPerRow << 2) - 1;
    let source = square;
    let pixelBytes = <usize>quads << 4;
    let rowBytes = 6 * pixelBytes;
    if (
      top >= 0 && left >= 0 && top + 6 <= height && left + 6 <= width &&
      (channels & 3) == 0
    ) {
      source = image + (<usize>((top * width + left) * channels) << 2);
      rowBytes = <usize>width * pixelBytes;
    } else {
      copySquare(image, height, width, channels, top, left, 6, square);
    }
    for (let quad = 0; quad < quads; quad++) {
      for (let j: usize = 0; j < 6; j++) {
        inputStep(
          source + j * pixelBytes, rowBytes, temporary + (j << 4), 96,
          root, twiceRoot, half, fiveHalves,
        );
      }
      let target = v + <usize>(quad >> 1) * pairBytes + (<usize>(quad & 1) << 4);
      for (let i: usize = 0; i < 6; i++) {
        inputStep(
          temporary + i * 96, 16, target, planeBytes,
          root, twiceRoot, half, fiveHalves,
        );
        target += 6 * planeBytes;
      }
      source += 16;
    }
    v += tileBytes;
  }
}

/** The same for the gradient with respect to the output. */
export function transformGradient(
  dy: usize,
  height: i32,
  width: i32,
  channels: i32,
  first: i32,
  count: i32,
  v: usize,
  planeBytes: usize,
  tileBytes: usize,
  pairBytes: usize,
  scratch: usize,
): void {
  const tilesPerRow = tileCount(width);
  const tilesPerImage = tilesPerRow * tileCount(height);
  const quads = (channels + 3) >> 2;
  const square = scratch + 36 * 16;
  for (let tile = first; tile < first + count; tile++) {
    const imageTile = tile % tilesPerImage;
    const image = dy +
      (<usize>(tile / tilesPerImage * height * width * channels) << 2);
    const top = imageTile / tilesPerRow << 2;
    const left = imageTile % tilesPerRow << 2;
    let source = square;
    let pixelBytes = <usize>quads << 4;
    let rowBytes = 4 * pixelBytes;
    if (top + 4 <= height && left + 4 <= width && (channels & 3) == 0) {
      source = image + (<usize>((top * width + left) * channels) << 2);
      rowBytes = <usize>width * pixelBytes;
    } else {
      copySquare(image, height, width, channels, top, left, 4, square);
    }
    for (let quad = 0; quad < quads; quad++) {
      for (let j: usize = 0; j < 4; j++) {
        gradientStep(source + j * pixelBytes, rowBytes, scratch + (j << 4), 64);
      }
      let target = v + <usize>(quad >> 1) * pairBytes + (<usize>(quad & 1) << 4);
      for (let i: usize = 0; i < 6; i++) {
        gradientStep(scratch + (i << 6), 16, target, planeBytes);
        target += 6 * planeBytes;
      }
      source += 16;
    }
    v += tileBytes;
  }
}
