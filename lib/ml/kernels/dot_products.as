// Dot products of the rows of two matrices, in float64.

/** Rows that are interleaved in a panel. */
const PANEL: i32 = 4;

/** The numbers of two rows in one vector. */
@inline
function pair(upper: usize, lower: usize): v128 {
  const first = f64x2.splat(<f64>load<f32>(upper));
  return f64x2.replace_lane(first, 1, <f64>load<f32>(lower));
}

/**
 * Packs rows of float32 into panels of four rows of float64, column by column,
 * so that the products read memory in order, and adds the square of each number
 * to its row's norm.
 *
 * @param rows 4 * panels x width, row-major.
 * @param packed panels x width x 4.
 * @param norms One float64 a row.
 */
export function packPanels(
  rows: usize,
  panels: i32,
  width: i32,
  packed: usize,
  norms: usize,
): void {
  const stride = <usize>width << 2;
  let target = packed;
  for (let panel = 0; panel < panels; panel++) {
    let source = rows + <usize>panel * PANEL * stride;
    const sums = norms + (<usize>panel << 5);
    let norms01 = v128.load(sums);
    let norms23 = v128.load(sums, 16);
    for (let column = 0; column < width; column++) {
      const values01 = pair(source, source + stride);
      const values23 = pair(source + 2 * stride, source + 3 * stride);
      norms01 = f64x2.add(norms01, f64x2.mul(values01, values01));
      norms23 = f64x2.add(norms23, f64x2.mul(values23, values23));
      v128.store(target, values01);
      v128.store(target, values23, 16);
      source += 4;
      target += 32;
    }
    v128.store(sums, norms01);
    v128.store(sums, norms23, 16);
  }
}

/**
 * Adds the products of some columns to the dot product of every row of `a` with
 * every row of `b`. Sixteen products are summed at a time, each in the order of
 * the columns, so that a sum depends on its two rows alone.
 *
 * @param a Panels as `packPanels` writes them; `b` likewise.
 * @param width Their columns.
 * @param dots 4 * aPanels x 4 * bPanels, row-major float64.
 * @param mirrored Not 0 where the rows of `a` are the first of `b`: then only
 * the panels on and above the diagonal are summed.
 */
export function addDotProducts(
  a: usize,
  aPanels: i32,
  b: usize,
  bPanels: i32,
  width: i32,
  dots: usize,
  mirrored: i32,
): void {
  const panelBytes = <usize>width << 5;
  const stride = <usize>bPanels << 5;
  for (let i = 0; i < aPanels; i++) {
    for (let j = mirrored ? i : 0; j < bPanels; j++) {
      let left = a + <usize>i * panelBytes;
      let right = b + <usize>j * panelBytes;
      const row0 = dots + (<usize>i * stride << 2) + (<usize>j << 5);
      const row1 = row0 + stride;
      const row2 = row1 + stride;
      const row3 = row2 + stride;
      let dots00 = v128.load(row0);
      let dots02 = v128.load(row0, 16);
      let dots10 = v128.load(row1);
      let dots12 = v128.load(row1, 16);
      let dots20 = v128.load(row2);
      let dots22 = v128.load(row2, 16);
      let dots30 = v128.load(row3);
      let dots32 = v128.load(row3, 16);
      for (let column = 0; column < width; column++) {
        const values0 = v128.load(right);
        const values2 = v128.load(right, 16);
        const one0 = v128.load64_splat(left);
        dots00 = f64x2.add(dots00, f64x2.mul(one0, values0));
        dots02 = f64x2.add(dots02, f64x2.mul(one0, values2));
        const one1 = v128.load64_splat(left, 8);
        dots10 = f64x2.add(dots10, f64x2.mul(one1, values0));
        dots12 = f64x2.add(dots12, f64x2.mul(one1, values2));
        const one2 = v128.load64_splat(left, 16);
        dots20 = f64x2.add(dots20, f64x2.mul(one2, values0));
        dots22 = f64x2.add(dots22, f64x2.mul(one2, values2));
        const one3 = v128.load64_splat(left, 24);
        dots30 = f64x2.add(dots30, f64x2.mul(one3, values0));
        dots32 = f64x2.add(dots32, f64x2.mul(one3, values2));
        left += 32;
        right += 32;
      }
      v128.store(row0, dots00);
      v128.store(row0, dots02, 16);
      v128.store(row1, dots10);
      v128.store(row1, dots12, 16);
      v128.store(row2, dots20);
      v128.store(row2, dots22, 16);
      v128.store(row3, dots30);
      v128.store(row3, dots32, 16);
    }
  }
}
