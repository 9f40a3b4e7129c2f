/** Eigenvalues and eigenvectors of a symmetric matrix. */

import { mlKernels } from "../kernels/module.ts";
import { placeArrays } from "../kernels/place_arrays.ts";

/** Eigenvalues, the largest first, each with its vector. */
export interface SymmetricEigen {
  readonly values: Float64Array<ArrayBuffer>;
  /** Size x size, row-major: row k is the vector of value k, of length 1. */
  readonly vectors: Float64Array<ArrayBuffer>;
}

/**
 * Decomposes a symmetric matrix by Householder's reduction and the QL method, to
 * the last bit as ml-matrix's `EigenvalueDecomposition` does. The vector of a
 * value is known up to its sign.
 *
 * @param matrix Size x size, row-major, finite and symmetric; at least 1 x 1.
 */
export function symmetricEigen(
  matrix: Float64Array,
  size: number,
): SymmetricEigen {
  const placed = placeArrays({
    vectors: ["f64", size * size],
    values: ["f64", size],
    beside: ["f64", size],
  });
  placed.vectors.set(matrix);
  mlKernels().decomposeSymmetric(
    placed.vectors.byteOffset,
    placed.values.byteOffset,
    placed.beside.byteOffset,
    size,
  );
  const order = orderOf(placed.values);
  const vectors = new Float64Array(size * size);
  order.forEach((row, k) =>
    vectors.set(
      placed.vectors.subarray(row * size, (row + 1) * size),
      k * size,
    )
  );
  return {
    values: Float64Array.from(order, (row) => placed.values[row]),
    vectors,
  };
}

/**
 * The values' places from the largest to the smallest. Equal values are in the
 * order in which ml-matrix's selection sort leaves them.
 */
function orderOf(values: Float64Array): number[] {
  const rows = Array.from(values.keys());
  for (let i = 0; i < rows.length - 1; i++) {
    let least = i;
    for (let j = i + 1; j < rows.length; j++) {
      if (values[rows[j]] < values[rows[least]]) least = j;
    }
    [rows[i], rows[least]] = [rows[least], rows[i]];
  }
  // A stable sort: equal values stay as they are.
  return rows.sort((a, b) => values[b] - values[a]);
}
