/** The largest eigenvalues of a symmetric matrix, without all the others. */

import { RandomStream } from "../../random.ts";
import { type SymmetricEigen, symmetricEigen } from "./symmetric_eigen.ts";

/** Up to this size all eigenvalues are as quickly found as some. */
export const SMALL_MATRIX = 800;

/** Vectors multiplied at a time, and the most equal values that are told apart. */
const BLOCK = 2;

/** A vector that is left with less than this share of its length is lost. */
const LOST = 1e-12;

/** A pair is good if the matrix turns it out of itself by this share. */
const GOOD = 1e-14;

/** The basis's first length, in values wanted, and how it grows between checks. */
const FIRST = 4;
const GROWTH = 1.25;

/** The longest basis, as a share of the size, that is worth its time. */
const LONGEST = 0.6;

function dot(a: Float64Array, b: Float64Array): number {
  // Four sums at a time, which do not wait for one another.
  let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
  const whole = a.length - a.length % 4;
  for (let at = 0; at < whole; at += 4) {
    sum0 += a[at] * b[at];
    sum1 += a[at + 1] * b[at + 1];
    sum2 += a[at + 2] * b[at + 2];
    sum3 += a[at + 3] * b[at + 3];
  }
  for (let at = whole; at < a.length; at++) sum0 += a[at] * b[at];
  return sum0 + sum1 + (sum2 + sum3);
}

function addTimes(into: Float64Array, factor: number, from: Float64Array) {
  for (let at = 0; at < into.length; at++) into[at] += factor * from[at];
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
    for (let at = 0; at < block.length; at++) {
      products[at][row] = dot(line, block[at]);
    }
  }
  return products;
}

/** Vectors of length 1, each at right angles to the others. */
class Basis {
  readonly vectors: Float64Array[] = [];
  readonly #stream = new RandomStream(0);

  constructor(readonly size: number) {}

  /**
   * Adds what of a vector does not lie in the basis yet; a vector that does
   * wholly is replaced by one that was drawn.
   *
   * @returns The length of what was added, 0 for what was drawn.
   */
  add(vector: Float64Array, scale: number): number {
    let length = this.#reduce(vector);
    const isLost = length <= LOST * scale;
    while (isLost && length < 0.01) {
      for (let at = 0; at < this.size; at++) {
        vector[at] = this.#stream.uniform() - 0.5;
      }
      const whole = Math.sqrt(dot(vector, vector));
      for (let at = 0; at < this.size; at++) vector[at] /= whole;
      length = this.#reduce(vector);
    }
    for (let at = 0; at < this.size; at++) vector[at] /= length;
    this.vectors.push(vector);
    return isLost ? 0 : length;
  }

  /** Takes the basis out of a vector, twice for the roundings. */
  #reduce(vector: Float64Array): number {
    for (let pass = 0; pass < 2; pass++) {
      for (const other of this.vectors) {
        addTimes(vector, -dot(other, vector), other);
      }
    }
    return Math.sqrt(dot(vector, vector));
  }
}

/** The eigenvectors of the matrix as the basis sees it. */
function decomposeWithin(
  basis: readonly Float64Array[],
  products: readonly Float64Array[],
): SymmetricEigen {
  const count = products.length;
  const within = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      const value = dot(basis[i], products[j]);
      within[i * count + j] = value;
      within[j * count + i] = value;
    }
  }
  return symmetricEigen(within, count);
}

/** A sum of vectors, each times its weight. */
function combine(
  vectors: readonly Float64Array[],
  weights: Float64Array,
): Float64Array {
  const sum = new Float64Array(vectors[0].length);
  weights.forEach((weight, at) => addTimes(sum, weight, vectors[at]));
  return sum;
}

/**
 * The largest eigenvalues of a symmetric matrix with their vectors. A small
 * matrix, or one of which a large part is wanted, is decomposed in full. For
 * any other a basis is made of the products of the matrix with blocks of
 * vectors (block Lanczos: Golub and Underwood 1977), kept at right angles by
 * brute force, until the matrix turns none of the vectors found within it out
 * of itself by more than roundings. Nothing in it depends on a seed.
 *
 * @param matrix Size x size, row-major, finite and symmetric, without large
 * negative eigenvalues.
 * @param wanted Eigenvalues to find, at least 1.
 * @returns `wanted` of them or more, the largest first.
 * @throws {RangeError} If the shape does not fit.
 */
export function leadingEigen(
  matrix: Float64Array,
  size: number,
  wanted: number,
): SymmetricEigen {
  const longest = Math.floor(LONGEST * size);
  if (size <= SMALL_MATRIX || FIRST * wanted > longest) {
    return symmetricEigen(matrix, size);
  }
  if (matrix.length !== size * size) {
    throw new RangeError(
      `Cannot decompose: ${matrix.length} numbers are not ${size} x ${size}`,
    );
  }
  const basis = new Basis(size);
  const products: Float64Array[] = [];
  for (let at = 0; at < BLOCK; at++) basis.add(new Float64Array(size), 1);
  let next = Math.max(FIRST * wanted, 4 * BLOCK);
  while (basis.vectors.length <= longest) {
    const block = basis.vectors.slice(-BLOCK);
    const turned = multiply(matrix, block);
    products.push(...turned);
    if (products.length >= next) {
      const found = decomposeWithin(basis.vectors, products);
      const known = basis.vectors.slice(0, products.length);
      const vectors = new Float64Array(wanted * size);
      let worst = 0;
      for (let k = 0; k < wanted; k++) {
        const weights = found.vectors.subarray(
          k * products.length,
          (k + 1) * products.length,
        );
        const vector = combine(known, weights);
        const off = combine(products, weights);
        addTimes(off, -found.values[k], vector);
        worst = Math.max(worst, Math.sqrt(dot(off, off)));
        vectors.set(vector, k * size);
      }
      if (worst <= GOOD * Math.sqrt(size) * found.values[0]) {
        return { values: found.values.slice(0, wanted), vectors };
      }
      next = GROWTH * products.length;
    }
    for (const product of turned) {
      const copy = product.slice();
      basis.add(copy, Math.sqrt(dot(product, product)));
    }
  }
  return symmetricEigen(matrix, size);
}
