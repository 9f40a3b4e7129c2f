// Matrix product of operands that may be transposed.
//
// No transposed copy is made: blocks are packed as they are used.

import { outerTiles, tile4x8, writeCorner } from "./tile";
import { WIDE } from "./wide";

/** Depth of a block: 256 rows of a panel stay in the first-level cache. */
const DEPTH: i32 = 256;
/** Columns of a block: 256 x 256 floats stay in the second-level cache. */
const COLUMNS: i32 = 256;

/** 8 neighboring rows of a transposed b to `[depth][8]`. */
function packTransposedB(
  b: usize,
  jBytes: usize,
  depth: i32,
  panel: usize,
): void {
  for (let half: usize = 0; half < 32; half += 16) {
    const r0 = b + (half >> 2) * jBytes;
    const r1 = r0 + jBytes;
    const r2 = r1 + jBytes;
    const r3 = r2 + jBytes;
    const whole = <usize>(depth & ~3) << 2;
    let target = panel + half;
    let offset: usize = 0;
    for (; offset < whole; offset += 16) {
      const a0 = v128.load(r0 + offset), a1 = v128.load(r1 + offset);
      const a2 = v128.load(r2 + offset), a3 = v128.load(r3 + offset);
      const low0 = v128.shuffle<f32>(a0, a1, 0, 4, 1, 5);
      const high0 = v128.shuffle<f32>(a0, a1, 2, 6, 3, 7);
      const low1 = v128.shuffle<f32>(a2, a3, 0, 4, 1, 5);
      const high1 = v128.shuffle<f32>(a2, a3, 2, 6, 3, 7);
      v128.store(target, v128.shuffle<i64>(low0, low1, 0, 2));
      v128.store(target, v128.shuffle<i64>(low0, low1, 1, 3), 32);
      v128.store(target, v128.shuffle<i64>(high0, high1, 0, 2), 64);
      v128.store(target, v128.shuffle<i64>(high0, high1, 1, 3), 96);
      target += 128;
    }
    for (; offset < <usize>depth << 2; offset += 4) {
      store<f32>(target, load<f32>(r0 + offset));
      store<f32>(target, load<f32>(r1 + offset), 4);
      store<f32>(target, load<f32>(r2 + offset), 8);
      store<f32>(target, load<f32>(r3 + offset), 12);
      target += 32;
    }
  }
}

/** b[k0.., j0..] to panels `[ceil(columns / 8)][depth][8]`, zeros outside. */
function packB(
  b: usize,
  kBytes: usize,
  jBytes: usize,
  depth: i32,
  columns: i32,
  panels: usize,
): void {
  let first = 0;
  if (jBytes == 4) {
    // Row by row, in the order of memory.
    first = columns & ~7;
    const rowBytes = <usize>first << 2;
    const panelBytes = <usize>depth << 5;
    for (let k: usize = 0; k < <usize>depth; k++) {
      const source = b + k * kBytes;
      let target = panels + (k << 5);
      for (let offset: usize = 0; offset < rowBytes; offset += 32) {
        const v0 = v128.load(source + offset);
        const v1 = v128.load(source + offset, 16);
        v128.store(target, v0);
        v128.store(target, v1, 16);
        target += panelBytes;
      }
    }
    panels += (<usize>first >> 3) * panelBytes;
  }
  for (; first < columns; first += 8) {
    const lanes = min(8, columns - first);
    const block = b + <usize>first * jBytes;
    if (lanes == 8 && kBytes == 4) {
      packTransposedB(block, jBytes, depth, panels);
      panels += <usize>depth << 5;
      continue;
    }
    for (let lane = 0; lane < 8; lane++) {
      let source = block + <usize>lane * jBytes;
      let target = panels + (<usize>lane << 2);
      for (let k = 0; k < depth; k++) {
        store<f32>(target, lane < lanes ? load<f32>(source) : 0);
        source += kBytes;
        target += 32;
      }
    }
    panels += <usize>depth << 5;
  }
}

/**
 * A few rows of a to `[depth][height]`, zeros after the last; height is 4 or 8.
 */
function packA(
  a: usize,
  iBytes: usize,
  kBytes: usize,
  rows: i32,
  depth: i32,
  packed: usize,
  height: i32,
): void {
  for (let k = 0; k < depth; k++) {
    if (iBytes == 4 && rows == height) {
      v128.store(packed, v128.load(a));
      if (height == 8) v128.store(packed, v128.load(a, 16), 16);
    } else {
      for (let row = 0; row < height; row++) {
        store<f32>(
          packed + (<usize>row << 2),
          row < rows ? load<f32>(a + <usize>row * iBytes) : 0,
        );
      }
    }
    a += kBytes;
    packed += <usize>height << 2;
  }
}

/** Bytes of scratch that matMul needs. */
@inline
export function matMulScratch(): usize {
  return (DEPTH * COLUMNS + 8 * DEPTH + 8 * 8) << 2;
}

/**
 * c[rows][columns] = op(a) op(b). Strides in bytes: `aRow` and `aInner` are
 * those of op(a)'s rows and inner axis, `bInner` and `bColumn` those of op(b)'s
 * inner axis and columns, and `cRow` that of c's rows. `scratch` has
 * matMulScratch bytes.
 */
export function matMul(
  a: usize,
  aRow: usize,
  aInner: usize,
  b: usize,
  bInner: usize,
  bColumn: usize,
  c: usize,
  cRow: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  scratch: usize,
): void {
  const panels = scratch;
  const packedA = panels + ((DEPTH * COLUMNS) << 2);
  const tile = packedA + ((8 * DEPTH) << 2);
  // Rows that need no packing.
  const plainRows = aInner == 4 ? rows & ~3 : 0;
  for (let j0 = 0; j0 < columns; j0 += COLUMNS) {
    const blockColumns = min(COLUMNS, columns - j0);
    for (let k0 = 0; k0 < inner; k0 += DEPTH) {
      const depth = min(DEPTH, inner - k0);
      const panelBytes = <usize>depth << 5;
      const accumulate = k0 > 0;
      packB(
        b + <usize>k0 * bInner + <usize>j0 * bColumn, bInner, bColumn, depth,
        blockColumns, panels,
      );
      // Panel by panel: a panel is twice as large as four rows, so it should
      // stay in the nearest cache.
      let panel = panels;
      for (let j = 0; j < blockColumns; j += 8) {
        const lanes = min(8, blockColumns - j);
        let source = a + <usize>k0 * aInner;
        let target = c + (<usize>(j0 + j) << 2);
        const whole = lanes == 8;
        for (let i = 0; i < plainRows; i += 4) {
          tile4x8(
            source, aRow, 0, 1, depth, panel, 0, whole ? target : tile,
            whole ? cRow : 32, whole && accumulate,
          );
          if (!whole) writeCorner(tile, target, cRow, 4, lanes, accumulate);
          source += 4 * aRow;
          target += 4 * cRow;
        }
        panel += panelBytes;
      }
      let height = 0;
      for (let i = plainRows; i < rows; i += height) {
        height = WIDE && rows - i > 4 ? 8 : 4;
        const blockRows = min(height, rows - i);
        const source = a + <usize>i * aRow + <usize>k0 * aInner;
        packA(source, aRow, aInner, blockRows, depth, packedA, height);
        panel = panels;
        for (let j = 0; j < blockColumns; j += 8) {
          const lanes = min(8, blockColumns - j);
          const target = c + <usize>i * cRow + (<usize>(j0 + j) << 2);
          const whole = blockRows == height && lanes == 8;
          outerTiles(
            packedA, <usize>height << 2, panel, depth, whole ? target : tile,
            whole ? cRow : 32, height, whole && accumulate,
          );
          if (!whole) {
            writeCorner(tile, target, cRow, blockRows, lanes, accumulate);
          }
          panel += panelBytes;
        }
      }
    }
  }
}
