/** Squared Euclidean distances between the rows of two matrices. */

/** Columns processed at a time, so that the rows in use stay in the cache. */
const BLOCK = 256;

/** Rows that are interleaved in a panel. */
const PANEL = 4;

/**
 * A block of columns in panels of four rows, column by column, so that the
 * inner loop reads memory in order. Missing rows are zeros.
 */
function packPanels(
  rows: Float32Array,
  columns: number,
  from: number,
  width: number,
): Float64Array {
  const count = rows.length / columns;
  const packed = new Float64Array(Math.ceil(count / PANEL) * PANEL * width);
  for (let row = 0; row < count; row++) {
    const panel = (row - row % PANEL) * width + row % PANEL;
    const start = row * columns + from;
    for (let column = 0; column < width; column++) {
      packed[panel + column * PANEL] = rows[start + column];
    }
  }
  return packed;
}

/**
 * The dot product of every row of `a` with every row of `b`. Eight products
 * are summed at a time, of two rows with four, each in the order of the
 * columns, so that a sum depends on its two rows alone.
 *
 * @returns Rows of `a` x rows of `b`, padded to whole pairs and panels.
 */
function dotProducts(
  a: Float32Array,
  b: Float32Array,
  columns: number,
): { dots: Float64Array; stride: number } {
  const aRows = a.length / columns;
  const stride = Math.ceil(b.length / columns / PANEL) * PANEL;
  const dots = new Float64Array((aRows + aRows % 2) * stride);
  const upper = new Float64Array(BLOCK);
  const lower = new Float64Array(BLOCK);
  for (let from = 0; from < columns; from += BLOCK) {
    const width = Math.min(BLOCK, columns - from);
    const panels = packPanels(b, columns, from, width);
    for (let i = 0; i < aRows; i += 2) {
      const start = i * columns + from;
      upper.set(a.subarray(start, start + width));
      if (i + 1 === aRows) lower.fill(0);
      else {
        lower.set(a.subarray(start + columns, start + columns + width));
      }
      // Among the rows of one matrix the lower triangle mirrors the upper.
      const first = a === b ? i - i % PANEL : 0;
      for (let j = first; j < stride; j += PANEL) {
        const out = i * stride + j;
        const below = out + stride;
        let dot0 = dots[out];
        let dot1 = dots[out + 1];
        let dot2 = dots[out + 2];
        let dot3 = dots[out + 3];
        let dot4 = dots[below];
        let dot5 = dots[below + 1];
        let dot6 = dots[below + 2];
        let dot7 = dots[below + 3];
        let packed = j * width;
        for (let column = 0; column < width; column++) {
          const one = upper[column];
          const other = lower[column];
          const value0 = panels[packed];
          const value1 = panels[packed + 1];
          const value2 = panels[packed + 2];
          const value3 = panels[packed + 3];
          dot0 += one * value0;
          dot1 += one * value1;
          dot2 += one * value2;
          dot3 += one * value3;
          dot4 += other * value0;
          dot5 += other * value1;
          dot6 += other * value2;
          dot7 += other * value3;
          packed += PANEL;
        }
        dots[out] = dot0;
        dots[out + 1] = dot1;
        dots[out + 2] = dot2;
        dots[out + 3] = dot3;
        dots[below] = dot4;
        dots[below + 1] = dot5;
        dots[below + 2] = dot6;
        dots[below + 3] = dot7;
      }
    }
  }
  return { dots, stride };
}

/** The dot product of every row with itself, summed in the same order. */
function squaredNorms(rows: Float32Array, columns: number): Float64Array {
  const norms = new Float64Array(rows.length / columns);
  for (let row = 0; row < norms.length; row++) {
    let norm = 0;
    const end = (row + 1) * columns;
    for (let i = row * columns; i < end; i++) norm += rows[i] * rows[i];
    norms[row] = norm;
  }
  return norms;
}

/**
 * The squared Euclidean distance between every row of `a` and every row of
 * `b`, in float64, by |x|² + |y|² - 2xy. Equal rows are exactly 0 apart.
 *
 * @param a Rows of `columns` finite numbers, row-major; `b` likewise.
 * @returns Rows of `a` x rows of `b`, row-major.
 * @throws {RangeError} If a matrix does not hold whole rows, or if a number
 * in it is not finite.
 */
export function squaredDistances(
  a: Float32Array,
  b: Float32Array,
  columns: number,
): Float64Array {
  if (
    !(columns >= 1) || a.length % columns !== 0 || b.length % columns !== 0
  ) {
    throw new RangeError(
      `Cannot measure distances: ${a.length} and ${b.length} numbers are not whole rows of ${columns}`,
    );
  }
  const aNorms = squaredNorms(a, columns);
  const bNorms = a === b ? aNorms : squaredNorms(b, columns);
  if (![aNorms, bNorms].every((norms) => norms.every(Number.isFinite))) {
    throw new RangeError(
      "Cannot measure distances: every number must be finite",
    );
  }
  const { dots, stride } = dotProducts(a, b, columns);
  const bRows = bNorms.length;
  const distances = new Float64Array(aNorms.length * bRows);
  for (let i = 0; i < aNorms.length; i++) {
    for (let j = 0; j < bRows; j++) {
      const dot = dots[a === b && j < i ? j * stride + i : i * stride + j];
      const distance = aNorms[i] + bNorms[j] - 2 * dot;
      // Rounding may leave a little below 0.
      distances[i * bRows + j] = Math.max(0, distance);
    }
  }
  return distances;
}
