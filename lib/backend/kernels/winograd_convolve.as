// 3x3 convolution of one image by Winograd's F(4x4, 3x3).
//
// Stride 1, "same" padding, channels last; 36 products per tile of 4 x 4 pixels
// instead of 144.

import { tile4x8 } from "./tile";
import { filterPlane } from "./winograd_filter";
import { tileScratch, transformTiles } from "./winograd_input";
import { transformOutput } from "./winograd_output";
import { CHUNK_BYTES, evenChunk, LINE, tileCount } from "./winograd_tiles";

/** Tiles per chunk, a multiple of 4 for tile4x8. */
function chunkOf(height: i32, width: i32, ci: i32, co: i32): i32 {
  const tiles = tileCount(height) * tileCount(width);
  const most = max(16, CHUNK_BYTES / (144 * (ci + co))) & ~3;
  return (evenChunk(tiles, most) + 3) & ~3;
}

/** Bytes of one plane of factors or products. */
@inline
function planeOf(chunk: i32, channels: i32): usize {
  return (<usize>(chunk * channels) << 2) + LINE;
}

/** Bytes of scratch that winogradConvolve needs. */
export function winogradConvolveScratch(
  height: i32,
  width: i32,
  ci: i32,
  co: i32,
): usize {
  const chunk = chunkOf(height, width, ci, co);
  const factors = planeOf(chunk, (ci + 3) & ~3);
  const products = planeOf(chunk, (co + 7) & ~7);
  return 36 * (factors + products) + max(tileScratch(ci), 40 * 16);
}

/**
 * Convolves one image. `u` comes from winogradFilter, `shift` has co floats,
 * `gate` has y's shape; both may be address 0, for none. y = (x convolved) +
 * shift, then max(0, y) where `relu` is 1, then 0 where `gate` is not above 0.
 * `scratch` has winogradConvolveScratch bytes.
 */
export function winogradConvolve(
  x: usize,
  u: usize,
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
  const tiles = tileCount(height) * tileCount(width);
  const chunk = chunkOf(height, width, ci, co);
  const depth = (ci + 3) & ~3;
  const blocks = (co + 7) >> 3;
  const factorPlane = planeOf(chunk, depth);
  const productPlane = planeOf(chunk, blocks << 3);
  const factorBytes = <usize>depth << 2;
  const productBytes = <usize>blocks << 5;
  const panelBytes = <usize>depth << 5;
  const uPlane = filterPlane(ci, co);
  const v = scratch;
  const m = v + 36 * factorPlane;
  const rest = m + 36 * productPlane;
  for (let first = 0; first < tiles; first += chunk) {
    const count = min(chunk, tiles - first);
    transformTiles(
      false, x, height, width, ci, first, count, v, factorPlane, factorBytes,
      32, rest,
    );
    for (let plane: usize = 0; plane < 36; plane++) {
      let panel = u + plane * uPlane;
      for (let block = 0; block < blocks; block++) {
        let a = v + plane * factorPlane;
        let c = m + plane * productPlane + (<usize>block << 5);
        // What it computes for tiles after the last is not read.
        for (let tile = 0; tile < count; tile += 4) {
          tile4x8(
            a, factorBytes, 0, 1, depth, panel, 0, c, productBytes, false,
          );
          a += 4 * factorBytes;
          c += 4 * productBytes;
        }
        panel += panelBytes;
      }
    }
    transformOutput(
      m, productPlane, y, height, width, co, first, count, shift, relu != 0,
      gate, rest,
    );
  }
}
