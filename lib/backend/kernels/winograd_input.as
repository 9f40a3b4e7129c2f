// The factors of images' tiles for Winograd's F(4x4, 3x3).
//
// 6 x 6 pixels of the input, or 4 x 4 of the gradient with respect to the
// output, become 36 factors per channel.

import { gradientStep, inputStep, storeInputConstants } from "./winograd_steps";
import { copySquare, tileCount } from "./winograd_tiles";

/** Bytes of scratch that transformTiles needs. */
export function tileScratch(channels: i32): usize {
  return 37 * 16 + (<usize>(36 * ((channels + 3) & ~3)) << 2);
}

/**
 * The factors of the tiles first, ..., first + count - 1 of a list of images,
 * written to `v`. The images are the input, where a tile overlaps its neighbors
 * by a pixel, or with `gradient` the gradient with respect to the output. The 8
 * channels 8p, ..., 8p + 7 of plane k and tile t are at v + k * planeBytes +
 * t * tileBytes + p * pairBytes; channels up to the next multiple of 4 are
 * zero. `scratch` has tileScratch bytes.
 */
@inline
export function transformTiles(
  gradient: bool,
  images: usize,
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
  const side = gradient ? 4 : 6;
  const border = gradient ? 0 : 1;
  const columnBytes = <usize>side << 4;
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
    const image = images +
      (<usize>(tile / tilesPerImage * height * width * channels) << 2);
    const top = (imageTile / tilesPerRow << 2) - border;
    const left = (imageTile % tilesPerRow << 2) - border;
    let source = square;
    let pixelBytes = <usize>quads << 4;
    let rowBytes = <usize>side * pixelBytes;
    if (
      top >= 0 && left >= 0 && top + side <= height && left + side <= width &&
      (channels & 3) == 0
    ) {
      source = image + (<usize>((top * width + left) * channels) << 2);
      rowBytes = <usize>width * pixelBytes;
    } else {
      copySquare(image, height, width, channels, top, left, side, square);
    }
    for (let quad = 0; quad < quads; quad++) {
      let from = source + (<usize>quad << 4);
      let to = temporary;
      for (let j = 0; j < side; j++) {
        if (gradient) gradientStep(from, rowBytes, to, columnBytes);
        else {
          inputStep(
            from, rowBytes, to, columnBytes, root, twiceRoot, half, fiveHalves,
          );
        }
        from += pixelBytes;
        to += 16;
      }
      from = temporary;
      to = v + <usize>(quad >> 1) * pairBytes + (<usize>(quad & 1) << 4);
      for (let i = 0; i < 6; i++) {
        if (gradient) gradientStep(from, 16, to, planeBytes);
        else {
          inputStep(
            from, 16, to, planeBytes, root, twiceRoot, half, fiveHalves,
          );
        }
        from += columnBytes;
        to += 6 * planeBytes;
      }
    }
    v += tileBytes;
  }
}
