// Matrix product of operands that may be transposed.
//
// No transposed copy is made: blocks are packed as they are used.

import { outer4x8, tile4x8, writeCorner } from "./tile";

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
  for (let first = 0; first < columns; first += 8) {
    const lanes = min(8, columns - first);
    const block = b + <usize>first * jBytes;
    if (lanes == 8 && jBytes == 4) {
      let source = block;
      for (let k = 0; k < depth; k++) {
        v128.store(panels, v128.load(source));
        v128.store(panels, v128.load(source, 16), 16);
        source += kBytes;
        panels += 32;
      }
      continue;
    }
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

/** Up to 4 rows of a to `[depth][4]`, zeros after the last. */
function packA(
  a: usize,
  iBytes: usize,
  kBytes: usize,
  rows: i32,
  depth: i32,
  packed: usize,
): void {
  for (let k = 0; k < depth; k++) {
    if (iBytes == 4 && rows == 4) {
      v128.store(packed, v128.load(a));
    } else {
      for (let row = 0; row < 4; row++) {
        store<f32>(
          packed + (<usize>row << 2),
          row < rows ? load<f32>(a + <usize>row * iBytes) : 0,
        );
      }
    }
    a += kBytes;
    packed += 16;
  }
}

/** 4 rows of a times a panel, of which `lanes` columns are in c. */
function multiplyRows(
  a: usize,
  aRow: usize,
  depth: i32,
  panel: usize,
  tile: usize,
  c: usize,
  cRow: usize,
  lanes: i32,
  accumulate: bool,
): void {
  const whole = lanes == 8;
  tile4x8(
    a, aRow, 0, 1, depth, panel, 0, whole ? c : tile, whole ? cRow : 32,
    whole && accumulate,
  );
  if (!whole) writeCorner(tile, c, cRow, 4, lanes, accumulate);
}

/**
 * c[rows][columns] = op(a) op(b). Strides in bytes: `aRow` and `aInner` are
 * those of op(a)'s rows and inner axis, `bInner` and `bColumn` those of op(b)'s
 * inner axis and columns, and `cRow` that of c's rows. `scratch`: 66,592
 * floats.
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
  const tile = packedA + ((4 * DEPTH) << 2);
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
        for (let i = 0; i < plainRows; i += 4) {
          multiplyRows(
            source, aRow, depth, panel, tile, target, cRow, lanes, accumulate,
          );
          source += 4 * aRow;
          target += 4 * cRow;
        }
        panel += panelBytes;
      }
      for (let i = plainRows; i < rows; i += 4) {
        const blockRows = min(4, rows - i);
        const source = a + <usize>i * aRow + <usize>k0 * aInner;
        packA(source, aRow, aInner, blockRows, depth, packedA);
        panel = panels;
        for (let j = 0; j < blockColumns; j += 8) {
          const lanes = min(8, blockColumns - j);
          const target = c + <usize>i * cRow + (<usize>(j0 + j) << 2);
          const whole = blockRows == 4 && lanes == 8;
          outer4x8(
            packedA, 16, panel, depth, whole ? target : tile,
            whole ? cRow : 32, whole && accumulate,
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
