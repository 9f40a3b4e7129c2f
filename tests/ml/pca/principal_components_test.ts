import assert from "node:assert/strict";
import { principalComponents } from "../../../lib/ml/pca/principal_components.ts";
import { classicalMds } from "../../../lib/ml/pca/classical_mds.ts";
import { symmetricEigen } from "../../../lib/ml/pca/symmetric_eigen.ts";
import { openStream } from "../../../lib/random.ts";
import { squaredDistances } from "../../../lib/ml/squared_distances.ts";
import golden from "../../fixtures/ml/pca.json" with { type: "json" };

for (const { samples, genes: features, rows, scores } of golden.cases) {
  Deno.test(`${samples} x ${features}: the scores are scikit-learn's`, () => {
    const values = Float32Array.from(rows.split(" "), Number);
    const found = principalComponents(values, samples, features);
    const wanted = scores.split(" ").map(Number);
    assert.equal(found.dimensions, Math.min(samples - 1, features));
    assert.equal(found.points.length, wanted.length);
    wanted.forEach((score, index) => {
      // Scores are about 10; the fixture holds 12 digits of them, and the
      // smallest component of the square case is known to about 1e-9.
      assert.ok(Math.abs(found.points[index] - score) < 1e-8);
    });
  });
}

/** A matrix of uniform numbers. */
function uniformRows(samples: number, features: number): Float32Array {
  const { uniform } = openStream(4, "components");
  return Float32Array.from({ length: samples * features }, () => 9 + uniform());
}

for (const [samples, features] of [[7, 30], [30, 7], [8, 8], [5, 1], [2, 3]]) {
  Deno.test(`all components of ${samples} x ${features} keep every distance`, () => {
    const rows = uniformRows(samples, features);
    const { points, dimensions } = principalComponents(rows, samples, features);
    assert.ok(dimensions >= 2 && points.length === samples * dimensions);
    const squares = squaredDistances(rows, rows, features);
    for (let i = 0; i < samples; i++) {
      for (let j = 0; j < samples; j++) {
        let square = 0;
        for (let d = 0; d < dimensions; d++) {
          square += (points[i * dimensions + d] - points[j * dimensions + d]) **
            2;
        }
        // Squared norms are about 81 per feature, so roundings about 1e-12.
        assert.ok(Math.abs(square - squares[i * samples + j]) < 1e-10);
      }
    }
  });
}

Deno.test("both ways give the same components, signs included", () => {
  const rows = uniformRows(20, 6);
  const { points } = principalComponents(rows, 20, 6);
  const others = classicalMds(squaredDistances(rows, rows, 6), 20, 6);
  points.forEach((value, index) =>
    assert.ok(Math.abs(value - others[index]) < 1e-9)
  );
  for (let axis = 0; axis < 6; axis++) {
    const scores = Array.from({ length: 20 }, (_, i) => points[i * 6 + axis]);
    assert.ok(Math.max(...scores) >= -Math.min(...scores));
  }
});

Deno.test("equal samples have equal scores", () => {
  const { points } = principalComponents(new Float32Array(12).fill(3), 4, 3);
  assert.ok(points.every((value) => Math.abs(value) < 1e-6));
  const one = principalComponents(Float32Array.of(1, 2), 1, 2);
  assert.deepEqual([...one.points], [0, 0]);
});

Deno.test("components refuse what they cannot rotate", () => {
  const rows = new Float32Array(6);
  rows[3] = NaN;
  for (const [samples, features] of [[2, 3], [3, 2]]) {
    assert.throws(
      () => principalComponents(rows, samples, features),
      /must be finite/,
    );
  }
});

Deno.test("eigenvectors are orthonormal and belong to their values", () => {
  const size = 9;
  const { uniform } = openStream(8, "symmetric");
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      matrix[i * size + j] = matrix[j * size + i] = uniform() - 0.5;
    }
  }
  const { values, vectors } = symmetricEigen(matrix, size);
  assert.deepEqual(values, values.toSorted().reverse());
  const vector = (k: number) => vectors.subarray(k * size, (k + 1) * size);
  const dot = (a: Float64Array, b: Float64Array) =>
    a.reduce((sum, value, index) => sum + value * b[index], 0);
  for (let k = 0; k < size; k++) {
    for (let i = 0; i < size; i++) {
      const product = dot(matrix.subarray(i * size, (i + 1) * size), vector(k));
      assert.ok(Math.abs(product - values[k] * vector(k)[i]) < 1e-12);
      const cosine = dot(vector(i), vector(k));
      assert.ok(Math.abs(cosine - (i === k ? 1 : 0)) < 1e-12);
    }
  }
});
