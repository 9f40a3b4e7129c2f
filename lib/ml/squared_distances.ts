/** Squared Euclidean distances between the rows of two matrices. */

import { mlKernels } from "./kernels/module.ts";
import { placeArrays } from "./kernels/place_arrays.ts";

/** Columns processed at a time, so that the rows in use stay in the cache. */
const BLOCK = 256;

/** Rows that the kernels interleave in a panel. */
const PANEL = 4;

/**
 * Rows of `a` processed at a time, whole panels, so that the kernels' memory
 * holds no more than their products.
 */
const STRIPE = 256;

/** Rows filled up to whole panels. */
function wholePanels(rows: number): number {
  return Math.ceil(rows / PANEL) * PANEL;
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
): Float64Array<ArrayBuffer> {
  if (
    !(columns >= 1) || a.length % columns !== 0 || b.length % columns !== 0
  ) {
    throw new RangeError(
      `Cannot measure distances: ${a.length} and ${b.length} numbers are not whole rows of ${columns}`,
    );
  }
  const aRows = a.length / columns;
  const distances = new Float64Array(aRows * b.length / columns);
  for (let from = 0; from < aRows; from += STRIPE) {
    measureStripe(a, b, columns, from, distances);
  }
  if (a === b) {
    // The lower triangle mirrors the upper.
    for (let i = 0; i < aRows; i++) {
      for (let j = 0; j < i; j++) {
        distances[i * aRows + j] = distances[j * aRows + i];
      }
    }
  }
  return distances;
}

/**
 * The distances of up to `STRIPE` rows of `a` from row `from` on; where `b` is
 * `a`, those right of the diagonal and on it.
 */
function measureStripe(
  a: Float32Array,
  b: Float32Array,
  columns: number,
  from: number,
  distances: Float64Array,
): void {
  const mirrored = a === b;
  const bRows = b.length / columns;
  const aCount = Math.min(STRIPE, a.length / columns - from);
  const bFrom = mirrored ? from : 0;
  const bCount = bRows - bFrom;
  const aPadded = wholePanels(aCount);
  const bPadded = wholePanels(bCount);
  const block = Math.min(BLOCK, columns);
  const { rows, aPanels, bPanels, aNorms, bNorms, dots } = placeArrays({
    rows: ["f32", Math.max(aPadded, bPadded) * block],
    aPanels: ["f64", mirrored ? 0 : aPadded * block],
    bPanels: ["f64", bPadded * block],
    aNorms: ["f64", aPadded],
    bNorms: ["f64", bPadded],
    dots: ["f64", aPadded * bPadded],
  });
  for (const sums of [aNorms, bNorms, dots]) sums.fill(0);
  const { packPanels, addDotProducts } = mlKernels();
  for (let column = 0; column < columns; column += BLOCK) {
    const width = Math.min(BLOCK, columns - column);
    const pack = (
      matrix: Float32Array,
      first: number,
      count: number,
      panels: Float64Array,
      norms: Float64Array,
    ) => {
      for (let row = 0; row < count; row++) {
        const start = (first + row) * columns + column;
        rows.set(matrix.subarray(start, start + width), row * width);
      }
      // Missing rows are zeros.
      const padded = wholePanels(count);
      rows.fill(0, count * width, padded * width);
      packPanels(
        rows.byteOffset,
        padded / PANEL,
        width,
        panels.byteOffset,
        norms.byteOffset,
      );
    };
    pack(b, bFrom, bCount, bPanels, bNorms);
    if (!mirrored) pack(a, from, aCount, aPanels, aNorms);
    addDotProducts(
      (mirrored ? bPanels : aPanels).byteOffset,
      aPadded / PANEL,
      bPanels.byteOffset,
      bPadded / PANEL,
      width,
      dots.byteOffset,
      mirrored ? 1 : 0,
    );
  }
  const norms = mirrored ? bNorms : aNorms;
  if (![norms, bNorms].every((sums) => sums.every(Number.isFinite))) {
    throw new RangeError(
      "Cannot measure distances: every number must be finite",
    );
  }
  for (let i = 0; i < aCount; i++) {
    const row = (from + i) * bRows + bFrom;
    for (let j = mirrored ? i : 0; j < bCount; j++) {
      const distance = norms[i] + bNorms[j] - 2 * dots[i * bPadded + j];
      // Rounding may leave a little below 0.
      distances[row + j] = Math.max(0, distance);
    }
  }
}
