import assert from "node:assert/strict";
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { symmetricEigen } from "../../../lib/ml/pca/symmetric_eigen.ts";
import { RandomStream } from "../../../lib/random.ts";

/** The dot products of random points: of rank `rank`, if that is less. */
function dotProducts(size: number, rank: number, seed: number): Float64Array {
  const random = new RandomStream(seed);
  const points = Float64Array.from(
    { length: size * rank },
    () => random.uniform() - 0.5,
  );
  const products = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < rank; k++) {
        sum += points[i * rank + k] * points[j * rank + k];
      }
      products[i * size + j] = products[j * size + i] = sum;
    }
  }
  return products;
}

/** As ml-matrix decomposes it, the largest value first. */
function reference(matrix: Float64Array, size: number) {
  const rows = Array.from(
    { length: size },
    (_, row) => matrix.slice(row * size, (row + 1) * size),
  );
  const found = new EigenvalueDecomposition(new Matrix(rows), {
    assumeSymmetric: true,
  });
  const order = found.realEigenvalues
    .map((value, index) => ({ value, index }))
    .sort((a, b) => b.value - a.value || a.index - b.index);
  return {
    values: Float64Array.from(order, ({ value }) => value),
    vectors: Float64Array.from(
      order.flatMap(({ index }) => found.eigenvectorMatrix.getColumn(index)),
    ),
  };
}

Deno.test("values and vectors are ml-matrix's to the last bit", () => {
  const matrices: [string, number, Float64Array][] = [
    ...[1, 2, 3, 4, 5, 8, 17, 60].map((
      size,
    ): [string, number, Float64Array] => [
      "full rank",
      size,
      dotProducts(size, size + 3, size),
    ]),
    ["half the rank", 30, dotProducts(30, 15, 1)],
    ["zeros", 6, new Float64Array(36)],
    [
      "equal values",
      5,
      Float64Array.from({ length: 25 }, (_, at) => at % 6 === 0 ? 2 : 0),
    ],
    [
      "blocks",
      4,
      Float64Array.of(1, 2, 0, 0, 2, 1, 0, 0, 0, 0, 1, 2, 0, 0, 2, 1),
    ],
    ["large numbers", 8, dotProducts(8, 9, 2).map((value) => value * 1e150)],
  ];
  for (const [name, size, matrix] of matrices) {
    const before = matrix.slice();
    const expected = reference(matrix, size);
    const { values, vectors } = symmetricEigen(matrix, size);
    const message = `${name}, ${size}`;
    // Told apart by bits: 0 and -0, too.
    assert.deepEqual(
      new BigUint64Array(values.buffer),
      new BigUint64Array(expected.values.buffer),
      message,
    );
    assert.deepEqual(
      new BigUint64Array(vectors.buffer),
      new BigUint64Array(expected.vectors.buffer),
      message,
    );
    assert.deepEqual(matrix, before, "the matrix stays as it is");
  }
});
