// The inner loops of convolution and matrix product.
//
// They keep 4 rows by 8 columns in registers. Measured on V8, 4 x 8 is faster
// than 4 x 12 and 6 x 8, which do not fit into the registers. In 256-bit ones
// 8 x 8 fits and is faster where the 8 rows need one address; where they need
// 8, it is not. Two values of k at a time need half as many loop steps.

import { WIDE } from "./wide";

/**
 * Tile of c = bias + sum over segments s and k of a[row][s][k] panel[s][k]. The
 * rows of `a` are rowBytes apart, its segments segmentBytes; `panel` is
 * `[segments * depth][8]`, `bias` 8 floats, or address 0 for none; segments and
 * depth are at least 1. With `accumulate`, the tile is added to what c holds.
 */
@inline
export function tile4x8(
  a: usize,
  rowBytes: usize,
  segmentBytes: usize,
  segments: i32,
  depth: i32,
  panel: usize,
  bias: usize,
  c: usize,
  cRowBytes: usize,
  accumulate: bool,
): void {
  let c00 = f32x4.splat(0), c01 = c00;
  if (bias) {
    c00 = v128.load(bias);
    c01 = v128.load(bias, 16);
  }
  let c10 = c00, c11 = c01, c20 = c00, c21 = c01, c30 = c00, c31 = c01;
  for (let segment = 0; segment < segments; segment++) {
    let a0 = a;
    let a1 = a0 + rowBytes;
    let a2 = a1 + rowBytes;
    let a3 = a2 + rowBytes;
    const end = panel + (<usize>depth << 5);
    const last = end - 32;
    while (true) {
      const p0 = v128.load(panel);
      const p1 = v128.load(panel, 16);
      const s0 = v128.load_splat<f32>(a0);
      c00 = f32x4.add(c00, f32x4.mul(s0, p0));
      c01 = f32x4.add(c01, f32x4.mul(s0, p1));
      const s1 = v128.load_splat<f32>(a1);
      c10 = f32x4.add(c10, f32x4.mul(s1, p0));
      c11 = f32x4.add(c11, f32x4.mul(s1, p1));
      const s2 = v128.load_splat<f32>(a2);
      c20 = f32x4.add(c20, f32x4.mul(s2, p0));
      c21 = f32x4.add(c21, f32x4.mul(s2, p1));
      const s3 = v128.load_splat<f32>(a3);
      c30 = f32x4.add(c30, f32x4.mul(s3, p0));
      c31 = f32x4.add(c31, f32x4.mul(s3, p1));
      if (panel == last) break;
      const q0 = v128.load(panel, 32);
      const q1 = v128.load(panel, 48);
      const t0 = v128.load_splat<f32>(a0, 4);
      c00 = f32x4.add(c00, f32x4.mul(t0, q0));
      c01 = f32x4.add(c01, f32x4.mul(t0, q1));
      const t1 = v128.load_splat<f32>(a1, 4);
      c10 = f32x4.add(c10, f32x4.mul(t1, q0));
      c11 = f32x4.add(c11, f32x4.mul(t1, q1));
      const t2 = v128.load_splat<f32>(a2, 4);
      c20 = f32x4.add(c20, f32x4.mul(t2, q0));
      c21 = f32x4.add(c21, f32x4.mul(t2, q1));
      const t3 = v128.load_splat<f32>(a3, 4);
      c30 = f32x4.add(c30, f32x4.mul(t3, q0));
      c31 = f32x4.add(c31, f32x4.mul(t3, q1));
      a0 += 8;
      a1 += 8;
      a2 += 8;
      a3 += 8;
      panel += 64;
      if (panel == end) break;
    }
    panel = end;
    a += segmentBytes;
  }
  storeTile(c, cRowBytes, accumulate, c00, c01, c10, c11, c20, c21, c30, c31);
}

/**
 * Tile of c = sum over k of a[k][0..3] (x) panel[k][0..7], as of a transposed
 * left operand: the 4 values of one k are contiguous, those of the next k
 * aBytes further. `panel` is `[depth][8]`. With `accumulate`, the tile is added
 * to what c holds.
 */
function outer4x8(
  a: usize,
  aBytes: usize,
  panel: usize,
  depth: i32,
  c: usize,
  cRowBytes: usize,
  accumulate: bool,
): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00;
  let c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  const pairsEnd = panel + (<usize>(depth & ~1) << 5);
  while (panel < pairsEnd) {
    const p0 = v128.load(panel);
    const p1 = v128.load(panel, 16);
    const s0 = v128.load_splat<f32>(a);
    c00 = f32x4.add(c00, f32x4.mul(s0, p0));
    c01 = f32x4.add(c01, f32x4.mul(s0, p1));
    const s1 = v128.load_splat<f32>(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(s1, p0));
    c11 = f32x4.add(c11, f32x4.mul(s1, p1));
    const s2 = v128.load_splat<f32>(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(s2, p0));
    c21 = f32x4.add(c21, f32x4.mul(s2, p1));
    const s3 = v128.load_splat<f32>(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(s3, p0));
    c31 = f32x4.add(c31, f32x4.mul(s3, p1));
    const next = a + aBytes;
    const q0 = v128.load(panel, 32);
    const q1 = v128.load(panel, 48);
    const t0 = v128.load_splat<f32>(next);
    c00 = f32x4.add(c00, f32x4.mul(t0, q0));
    c01 = f32x4.add(c01, f32x4.mul(t0, q1));
    const t1 = v128.load_splat<f32>(next, 4);
    c10 = f32x4.add(c10, f32x4.mul(t1, q0));
    c11 = f32x4.add(c11, f32x4.mul(t1, q1));
    const t2 = v128.load_splat<f32>(next, 8);
    c20 = f32x4.add(c20, f32x4.mul(t2, q0));
    c21 = f32x4.add(c21, f32x4.mul(t2, q1));
    const t3 = v128.load_splat<f32>(next, 12);
    c30 = f32x4.add(c30, f32x4.mul(t3, q0));
    c31 = f32x4.add(c31, f32x4.mul(t3, q1));
    a = next + aBytes;
    panel += 64;
  }
  if (depth & 1) {
    const p0 = v128.load(panel);
    const p1 = v128.load(panel, 16);
    const s0 = v128.load_splat<f32>(a);
    c00 = f32x4.add(c00, f32x4.mul(s0, p0));
    c01 = f32x4.add(c01, f32x4.mul(s0, p1));
    const s1 = v128.load_splat<f32>(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(s1, p0));
    c11 = f32x4.add(c11, f32x4.mul(s1, p1));
    const s2 = v128.load_splat<f32>(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(s2, p0));
    c21 = f32x4.add(c21, f32x4.mul(s2, p1));
    const s3 = v128.load_splat<f32>(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(s3, p0));
    c31 = f32x4.add(c31, f32x4.mul(s3, p1));
  }
  storeTile(c, cRowBytes, accumulate, c00, c01, c10, c11, c20, c21, c30, c31);
}

/** The same of 8 contiguous values, which fit into 256-bit registers only. */
function outer8x8(
  a: usize,
  aBytes: usize,
  panel: usize,
  depth: i32,
  c: usize,
  cRowBytes: usize,
  accumulate: bool,
): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00;
  let c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  let c40 = c00, c41 = c00, c50 = c00, c51 = c00;
  let c60 = c00, c61 = c00, c70 = c00, c71 = c00;
  const pairsEnd = panel + (<usize>(depth & ~1) << 5);
  while (panel < pairsEnd) {
    const p0 = v128.load(panel);
    const p1 = v128.load(panel, 16);
    const s0 = v128.load_splat<f32>(a);
    c00 = f32x4.add(c00, f32x4.mul(s0, p0));
    c01 = f32x4.add(c01, f32x4.mul(s0, p1));
    const s1 = v128.load_splat<f32>(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(s1, p0));
    c11 = f32x4.add(c11, f32x4.mul(s1, p1));
    const s2 = v128.load_splat<f32>(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(s2, p0));
    c21 = f32x4.add(c21, f32x4.mul(s2, p1));
    const s3 = v128.load_splat<f32>(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(s3, p0));
    c31 = f32x4.add(c31, f32x4.mul(s3, p1));
    const s4 = v128.load_splat<f32>(a, 16);
    c40 = f32x4.add(c40, f32x4.mul(s4, p0));
    c41 = f32x4.add(c41, f32x4.mul(s4, p1));
    const s5 = v128.load_splat<f32>(a, 20);
    c50 = f32x4.add(c50, f32x4.mul(s5, p0));
    c51 = f32x4.add(c51, f32x4.mul(s5, p1));
    const s6 = v128.load_splat<f32>(a, 24);
    c60 = f32x4.add(c60, f32x4.mul(s6, p0));
    c61 = f32x4.add(c61, f32x4.mul(s6, p1));
    const s7 = v128.load_splat<f32>(a, 28);
    c70 = f32x4.add(c70, f32x4.mul(s7, p0));
    c71 = f32x4.add(c71, f32x4.mul(s7, p1));
    const next = a + aBytes;
    const q0 = v128.load(panel, 32);
    const q1 = v128.load(panel, 48);
    const t0 = v128.load_splat<f32>(next);
    c00 = f32x4.add(c00, f32x4.mul(t0, q0));
    c01 = f32x4.add(c01, f32x4.mul(t0, q1));
    const t1 = v128.load_splat<f32>(next, 4);
    c10 = f32x4.add(c10, f32x4.mul(t1, q0));
    c11 = f32x4.add(c11, f32x4.mul(t1, q1));
    const t2 = v128.load_splat<f32>(next, 8);
    c20 = f32x4.add(c20, f32x4.mul(t2, q0));
    c21 = f32x4.add(c21, f32x4.mul(t2, q1));
    const t3 = v128.load_splat<f32>(next, 12);
    c30 = f32x4.add(c30, f32x4.mul(t3, q0));
    c31 = f32x4.add(c31, f32x4.mul(t3, q1));
    const t4 = v128.load_splat<f32>(next, 16);
    c40 = f32x4.add(c40, f32x4.mul(t4, q0));
    c41 = f32x4.add(c41, f32x4.mul(t4, q1));
    const t5 = v128.load_splat<f32>(next, 20);
    c50 = f32x4.add(c50, f32x4.mul(t5, q0));
    c51 = f32x4.add(c51, f32x4.mul(t5, q1));
    const t6 = v128.load_splat<f32>(next, 24);
    c60 = f32x4.add(c60, f32x4.mul(t6, q0));
    c61 = f32x4.add(c61, f32x4.mul(t6, q1));
    const t7 = v128.load_splat<f32>(next, 28);
    c70 = f32x4.add(c70, f32x4.mul(t7, q0));
    c71 = f32x4.add(c71, f32x4.mul(t7, q1));
    a = next + aBytes;
    panel += 64;
  }
  if (depth & 1) {
    const p0 = v128.load(panel);
    const p1 = v128.load(panel, 16);
    const s0 = v128.load_splat<f32>(a);
    c00 = f32x4.add(c00, f32x4.mul(s0, p0));
    c01 = f32x4.add(c01, f32x4.mul(s0, p1));
    const s1 = v128.load_splat<f32>(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(s1, p0));
    c11 = f32x4.add(c11, f32x4.mul(s1, p1));
    const s2 = v128.load_splat<f32>(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(s2, p0));
    c21 = f32x4.add(c21, f32x4.mul(s2, p1));
    const s3 = v128.load_splat<f32>(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(s3, p0));
    c31 = f32x4.add(c31, f32x4.mul(s3, p1));
    const s4 = v128.load_splat<f32>(a, 16);
    c40 = f32x4.add(c40, f32x4.mul(s4, p0));
    c41 = f32x4.add(c41, f32x4.mul(s4, p1));
    const s5 = v128.load_splat<f32>(a, 20);
    c50 = f32x4.add(c50, f32x4.mul(s5, p0));
    c51 = f32x4.add(c51, f32x4.mul(s5, p1));
    const s6 = v128.load_splat<f32>(a, 24);
    c60 = f32x4.add(c60, f32x4.mul(s6, p0));
    c61 = f32x4.add(c61, f32x4.mul(s6, p1));
    const s7 = v128.load_splat<f32>(a, 28);
    c70 = f32x4.add(c70, f32x4.mul(s7, p0));
    c71 = f32x4.add(c71, f32x4.mul(s7, p1));
  }
  storeTile(c, cRowBytes, accumulate, c00, c01, c10, c11, c20, c21, c30, c31);
  c += 4 * cRowBytes;
  storeTile(c, cRowBytes, accumulate, c40, c41, c50, c51, c60, c61, c70, c71);
}

/**
 * Tiles of c one below the other, as of outer4x8, of so many contiguous values
 * of each k, a multiple of 4.
 */
export function outerTiles(
  a: usize,
  aBytes: usize,
  panel: usize,
  depth: i32,
  c: usize,
  cRowBytes: usize,
  rows: i32,
  accumulate: bool,
): void {
  if (WIDE) {
    for (; rows >= 8; rows -= 8) {
      outer8x8(a, aBytes, panel, depth, c, cRowBytes, accumulate);
      a += 32;
      c += 8 * cRowBytes;
    }
  }
  for (; rows > 0; rows -= 4) {
    outer4x8(a, aBytes, panel, depth, c, cRowBytes, accumulate);
    a += 16;
    c += 4 * cRowBytes;
  }
}

/** Stores a tile's rows, or adds them to what c holds. */
@inline
function storeTile(
  c: usize,
  cRowBytes: usize,
  accumulate: bool,
  c00: v128,
  c01: v128,
  c10: v128,
  c11: v128,
  c20: v128,
  c21: v128,
  c30: v128,
  c31: v128,
): void {
  const d1 = c + cRowBytes;
  const d2 = d1 + cRowBytes;
  const d3 = d2 + cRowBytes;
  if (accumulate) {
    c00 = f32x4.add(v128.load(c), c00);
    c01 = f32x4.add(v128.load(c, 16), c01);
    c10 = f32x4.add(v128.load(d1), c10);
    c11 = f32x4.add(v128.load(d1, 16), c11);
    c20 = f32x4.add(v128.load(d2), c20);
    c21 = f32x4.add(v128.load(d2, 16), c21);
    c30 = f32x4.add(v128.load(d3), c30);
    c31 = f32x4.add(v128.load(d3, 16), c31);
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(d1, c10);
  v128.store(d1, c11, 16);
  v128.store(d2, c20);
  v128.store(d2, c21, 16);
  v128.store(d3, c30);
  v128.store(d3, c31, 16);
}

/** Copies or adds the valid corner of a 4 x 8 tile to a matrix. */
export function writeCorner(
  tile: usize,
  c: usize,
  cRowBytes: usize,
  rows: i32,
  columns: i32,
  accumulate: bool,
): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const offset = <usize>column << 2;
      const value = load<f32>(tile + offset);
      store<f32>(c + offset, accumulate ? load<f32>(c + offset) + value : value);
    }
    tile += 32;
    c += cRowBytes;
  }
}
