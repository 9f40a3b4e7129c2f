// The tiles of images, squares of 4 x 4 pixels of the result, row by row.

/** Bytes of factors per chunk of tiles: a quarter of a level-2 cache. */
export const CHUNK_BYTES: i32 = 1 << 19;
/** A cache line between planes: a power of two would cause cache conflicts. */
export const LINE: usize = 64;

/** Tiles per chunk of at most so many, if all have about the same size. */
@inline
export function evenChunk(tiles: i32, most: i32): i32 {
  const chunks = (tiles + most - 1) / most;
  return (tiles + chunks - 1) / chunks;
}

/** The number of tiles along a side of so many pixels. */
@inline
export function tileCount(side: i32): i32 {
  return (side + 3) >> 2;
}

/**
 * Copies a square of pixels, with zeros outside the image, to
 * `[size][size][ceil(channels / 4) * 4]`.
 */
export function copySquare(
  image: usize,
  height: i32,
  width: i32,
  channels: i32,
  top: i32,
  left: i32,
  size: i32,
  square: usize,
): void {
  const whole = (channels + 3) & ~3;
  const pixelBytes = <usize>whole << 2;
  const rowBytes = <usize>size * pixelBytes;
  memory.fill(square, 0, <usize>size * rowBytes);
  const firstColumn = max(left, 0);
  const columns = min(left + size, width) - firstColumn;
  const endRow = min(top + size, height);
  for (let row = max(top, 0); row < endRow; row++) {
    let target = square + <usize>(row - top) * rowBytes +
      <usize>(firstColumn - left) * pixelBytes;
    let source = image + (<usize>((row * width + firstColumn) * channels) << 2);
    if (whole == channels) {
      memory.copy(target, source, <usize>columns * pixelBytes);
      continue;
    }
    for (let column = 0; column < columns; column++) {
      for (let c = 0; c < channels; c++) {
        store<f32>(target + (<usize>c << 2), load<f32>(source));
        source += 4;
      }
      target += pixelBytes;
    }
  }
}
