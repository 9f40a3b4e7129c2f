// Matrix product with either operand transposed, without a transposed copy:
// blocks are packed as they are used.

import { outer4x8 } from "./outer_tile";
import { tile4x8, writeCorner } from "./tile";

/** Depth of a block: 256 rows of a panel stay in the first-level cache. */
const DEPTH: i32 = 256;
/** Columns of a block: 256 x 256 floats stay in the second-level cache. */
const COLUMNS: i32 = 256;

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

/** 4 neighbouring rows of a transposed a to `[depth][4]`. */
function packTransposedA(
  a: usize,
  kBytes: usize,
  depth: i32,
  packed: usize,
): void {
  for (let k = 0; k < depth; k++) {
    v128.store(packed, v128.load(a));
    a += kBytes;
    packed += 16;
  }
}

/** Up to 4 rows of a to `[4][depth]`, zeros below. */
function packA(
  a: usize,
  iBytes: usize,
  kBytes: usize,
  rows: i32,
  depth: i32,
  packed: usize,
): void {
  for (let row = 0; row < 4; row++) {
    let source = a + <usize>row * iBytes;
    for (let k = 0; k < depth; k++) {
      store<f32>(packed, row < rows ? load<f32>(source) : 0);
      source += kBytes;
      packed += 4;
    }
  }
}

/**
 * c[rows][columns] = op(a) op(b). Strides in bytes: `aRow` and `aInner` step
 * op(a) by a row and along the inner axis, `bInner` and `bColumn` likewise.
 * Scratch: `packedA` 4 * 256 floats, `panels` 256 * 256, `zeros` 8 zeros,
 * `tile` 32.
 */
export function matMul(
  a: usize,
  aRow: usize,
  aInner: usize,
  b: usize,
  bInner: usize,
  bColumn: usize,
  c: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  packedA: usize,
  panels: usize,
  zeros: usize,
  tile: usize,
): void {
  const cRow = <usize>columns << 2;
  for (let j0 = 0; j0 < columns; j0 += COLUMNS) {
    const blockColumns = min(COLUMNS, columns - j0);
    for (let k0 = 0; k0 < inner; k0 += DEPTH) {
      const depth = min(DEPTH, inner - k0);
      const accumulate = k0 > 0;
      packB(
        b + <usize>k0 * bInner + <usize>j0 * bColumn, bInner, bColumn, depth,
        blockColumns, panels,
      );
      for (let i = 0; i < rows; i += 4) {
        const blockRows = min(4, rows - i);
        let source = a + <usize>i * aRow + <usize>k0 * aInner;
        let sourceRow = aRow;
        const transposed = aRow == 4 && blockRows == 4;
        if (transposed) {
          packTransposedA(source, aInner, depth, packedA);
        } else if (aInner != 4 || blockRows < 4) {
          packA(source, aRow, aInner, blockRows, depth, packedA);
          source = packedA;
          sourceRow = <usize>depth << 2;
        }
        let panel = panels;
        for (let j = 0; j < blockColumns; j += 8) {
          const blockLanes = min(8, blockColumns - j);
          const target = c + <usize>i * cRow + (<usize>(j0 + j) << 2);
          if (transposed && blockLanes == 8) {
            outer4x8(packedA, 16, panel, depth, target, cRow, accumulate);
          } else if (transposed) {
            outer4x8(packedA, 16, panel, depth, tile, 32, false);
            writeCorner(tile, target, cRow, 4, blockLanes, accumulate);
          } else if (blockRows == 4 && blockLanes == 8) {
            tile4x8(
              source, sourceRow, 0, 1, depth, panel, zeros, target, cRow,
              accumulate,
            );
          } else {
            tile4x8(
              source, sourceRow, 0, 1, depth, panel, zeros, tile, 32, false,
            );
            writeCorner(tile, target, cRow, blockRows, blockLanes, accumulate);
          }
          panel += <usize>depth << 5;
        }
      }
    }
  }
}
