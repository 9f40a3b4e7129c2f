/** The largest eigenvalues of a symmetric matrix, without all the others. */

import { RandomStream } from "../../random.ts";
import { SMALL_MATRIX } from "./small_matrix.ts";
import { type SymmetricEigen, symmetricEigen } from "./symmetric_eigen.ts";

/** Vectors multiplied at a time: so many equal eigenvalues are all found. */
const BLOCK = 2;

/** A vector with less than this share outside the basis lies within it. */
const DEPENDENCE_TOLERANCE = 1e-12;

/** A residual below this share of the largest eigenvalue has converged. */
const RESIDUAL_TOLERANCE = 1e-14;

/** The first size of the basis, in eigenvalues wanted, and its growth. */
const FIRST_SIZE = 4;
const GROWTH = 1.25;

/** The largest basis, as a share of the matrix's size, that saves time. */
const LARGEST_SHARE = 0.6;

function dot(a: Float64Array, b: Float64Array): number {
  // Four independent sums at a time, for instruction-level parallelism.
  let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
  const whole = a.length - a.length % 4;
  for (let i = 0; i < whole; i += 4) {
    sum0 += a[i] * b[i];
    sum1 += a[i + 1] * b[i + 1];
    sum2 += a[i + 2] * b[i + 2];
    sum3 += a[i + 3] * b[i + 3];
  }
  for (let i = whole; i < a.length; i++) sum0 += a[i] * b[i];
  return sum0 + sum1 + (sum2 + sum3);
}

function addTimes(into: Float64Array, factor: number, from: Float64Array) {
  for (let i = 0; i < into.length; i++) into[i] += factor * from[i];
}

/** The matrix times each vector of a block: each row is read once for all. */
function multiply(
  matrix: Float64Array,
  block: readonly Float64Array[],
): Float64Array[] {
  const { length: size } = block[0];
  const products = block.map(() => new Float64Array(size));
  for (let row = 0; row < size; row++) {
    const line = matrix.subarray(row * size, (row + 1) * size);
    for (let k = 0; k < block.length; k++) {
      products[k][row] = dot(line, block[k]);
    }
  }
  return products;
}

/** Orthonormal vectors. */
class Basis {
  readonly vectors: Float64Array[] = [];
  readonly #stream = new RandomStream(0);

  constructor(readonly size: number) {}

  /**
   * Adds the part of a vector that is orthogonal to the basis, normalized; a
   * vector without such a part is replaced by a random one.
   */
  add(vector: Float64Array, scale: number): void {
    let length = this.#orthogonalize(vector);
    const isDependent = length <= DEPENDENCE_TOLERANCE * scale;
    while (isDependent && length < 0.01) {
      for (let i = 0; i < this.size; i++) {
        vector[i] = this.#stream.uniform() - 0.5;
      }
      const whole = Math.sqrt(dot(vector, vector));
      for (let i = 0; i < this.size; i++) vector[i] /= whole;
      length = this.#orthogonalize(vector);
    }
    for (let i = 0; i < this.size; i++) vector[i] /= length;
    this.vectors.push(vector);
  }

  /** Gram-Schmidt, twice because of roundings; returns what is left. */
  #orthogonalize(vector: Float64Array): number {
    for (let pass = 0; pass < 2; pass++) {
      for (const other of this.vectors) {
        addTimes(vector, -dot(other, vector), other);
      }
    }
    return Math.sqrt(dot(vector, vector));
  }
}

/** The eigenvectors of the matrix projected onto the basis. */
function decomposeProjected(
  basis: readonly Float64Array[],
  products: readonly Float64Array[],
): SymmetricEigen {
  const count = products.length;
  const projected = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      const value = dot(basis[i], products[j]);
      projected[i * count + j] = value;
      projected[j * count + i] = value;
    }
  }
  return symmetricEigen(projected, count);
}

/** A linear combination of vectors. */
function combine(
  vectors: readonly Float64Array[],
  weights: Float64Array,
): Float64Array {
  const sum = new Float64Array(vectors[0].length);
  weights.forEach((weight, k) => addTimes(sum, weight, vectors[k]));
  return sum;
}

/**
 * The largest eigenvalues of a symmetric matrix with their vectors. A small
 * matrix, or one of which many are wanted, is decomposed in full. For any
 * other the block Lanczos method is used (Golub and Underwood 1977), with full
 * reorthogonalization, until all residuals are as small as roundings. The
 * result does not depend on a seed.
 *
 * @param matrix Size x size, row-major, finite and symmetric, without large
 * negative eigenvalues.
 * @param wanted Eigenvalues to find, at least 1.
 * @returns At least `wanted` of them, the largest first.
 */
export function leadingEigen(
  matrix: Float64Array,
  size: number,
  wanted: number,
): SymmetricEigen {
  const largest = Math.floor(LARGEST_SHARE * size);
  if (size <= SMALL_MATRIX || FIRST_SIZE * wanted > largest) {
    return symmetricEigen(matrix, size);
  }
  const basis = new Basis(size);
  const products: Float64Array[] = [];
  for (let k = 0; k < BLOCK; k++) basis.add(new Float64Array(size), 1);
  let next = Math.max(FIRST_SIZE * wanted, 4 * BLOCK);
  while (basis.vectors.length <= largest) {
    const block = basis.vectors.slice(-BLOCK);
    const multiplied = multiply(matrix, block);
    products.push(...multiplied);
    if (products.length >= next) {
      const found = decomposeProjected(basis.vectors, products);
      const vectors = new Float64Array(wanted * size);
      let worst = 0;
      for (let k = 0; k < wanted; k++) {
        const weights = found.vectors.subarray(
          k * products.length,
          (k + 1) * products.length,
        );
        const vector = combine(basis.vectors, weights);
        const residual = combine(products, weights);
        addTimes(residual, -found.values[k], vector);
        worst = Math.max(worst, Math.sqrt(dot(residual, residual)));
        vectors.set(vector, k * size);
      }
      if (worst <= RESIDUAL_TOLERANCE * Math.sqrt(size) * found.values[0]) {
        return { values: found.values.slice(0, wanted), vectors };
      }
      next = GROWTH * products.length;
    }
    for (const product of multiplied) {
      const copy = product.slice();
      basis.add(copy, Math.sqrt(dot(product, product)));
    }
  }
  return symmetricEigen(matrix, size);
}
