// Products in Winograd's terms back to pixels.

import { outputStep } from "./winograd_steps";
import { tilesAlong } from "./winograd_tiles";

/** The valid pixels and channels of a 4 x 4 square of 4 channels to y. */
function copyLanes(
  square: usize,
  rows: i32,
  columns: i32,
  lanes: i32,
  y: usize,
  rowBytes: usize,
  pixelBytes: usize,
): void {
  for (let i = 0; i < rows; i++) {
    let source = square + (<usize>i << 6);
    let target = y + <usize>i * rowBytes;
    for (let j = 0; j < columns; j++) {
      if (lanes == 4) {
        v128.store(target, v128.load(source));
      } else {
        for (let lane = 0; lane < lanes; lane++) {
          const at = <usize>lane << 2;
          store<f32>(target + at, load<f32>(source + at));
        }
      }
      source += 16;
      target += pixelBytes;
    }
  }
}

/**
 * y = y + shift over so many pixels, then max(0, y) with `relu`, then 0 where
 * y's place in `gate` is not above 0.
 */
function finish(
  y: usize,
  rows: i32,
  columns: i32,
  lanes: i32,
  rowBytes: usize,
  pixelBytes: usize,
  shift: usize,
  relu: bool,
  gate: usize,
): void {
  const zero = f32x4.splat(0);
  for (let i = 0; i < rows; i++) {
    let target = <usize>i * rowBytes;
    for (let j = 0; j < columns; j++) {
      if (lanes == 4) {
        let v = v128.load(y + target);
        if (shift) v = f32x4.add(v, v128.load(shift));
        if (relu) v = f32x4.pmax(v, zero);
        if (gate) v = v128.and(v, f32x4.gt(v128.load(gate + target), zero));
        v128.store(y + target, v);
      } else {
        for (let lane = 0; lane < lanes; lane++) {
          const at = <usize>lane << 2;
          let v = load<f32>(y + target + at);
          if (shift) v += load<f32>(shift + at);
          if (relu && v < 0) v = 0;
          if (gate && !(load<f32>(gate + target + at) > 0)) v = 0;
          store<f32>(y + target + at, v);
        }
      }
      target += pixelBytes;
    }
  }
}

/**
 * The tiles first, ..., first + count - 1 of one image from `m`, whose planes
 * are `[count][ceil(co / 8) * 8]`, to y `[height][width][co]`:
 * y = m + shift, then max(0, y) with `relu`, then 0 where `gate`, which is
 * like y, is not above 0. Address 0 stands for no shift and no gate. `scratch`
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
  const across = tilesAlong(width);
  const pixelBytes = <usize>co << 2;
  const rowBytes = <usize>width * pixelBytes;
  const tileBytes = <usize>((co + 7) & ~7) << 2;
  const square = scratch + 24 * 16;
  for (let tile = first; tile < first + count; tile++) {
    const top = tile / across << 2;
    const left = tile % across << 2;
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
        copyLanes(
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
