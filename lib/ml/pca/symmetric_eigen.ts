/** Eigenvalues and eigenvectors of a symmetric matrix. */

import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/** Eigenvalues, the largest first, each with its vector. */
export interface SymmetricEigen {
  readonly values: Float64Array<ArrayBuffer>;
  /** Size x size, row-major: row k is the vector of value k, of length 1. */
  readonly vectors: Float64Array<ArrayBuffer>;
}

/**
 * Decomposes a symmetric matrix by ml-matrix (Householder's reduction and the
 * QL method). The vector of a value is known up to its sign.
 *
 * @param matrix Size x size, row-major, finite and symmetric.
 */
export function symmetricEigen(
  matrix: Float64Array,
  size: number,
): SymmetricEigen {
  const rows = Array.from(
    { length: size },
    (_, row) => matrix.subarray(row * size, (row + 1) * size),
  );
  const found = new EigenvalueDecomposition(new Matrix(rows), {
    assumeSymmetric: true,
  });
  const order = found.realEigenvalues
    .map((value, index) => ({ value, index }))
    .sort((a, b) => b.value - a.value || a.index - b.index);
  const vectors = new Float64Array(size * size);
  order.forEach(({ index }, k) =>
    vectors.set(found.eigenvectorMatrix.getColumn(index), k * size)
  );
  return { values: Float64Array.from(order, ({ value }) => value), vectors };
}
