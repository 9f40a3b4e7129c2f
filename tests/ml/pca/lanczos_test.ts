import assert from "node:assert/strict";
import { prepareKMeans } from "../../../lib/ml/kmeans/kmeans.ts";
import { leadingEigen } from "../../../lib/ml/pca/lanczos.ts";
import { SMALL_MATRIX } from "../../../lib/ml/pca/small_matrix.ts";
import { principalComponents } from "../../../lib/ml/pca/principal_components.ts";
import { openStream } from "../../../lib/random.ts";

/** Larger than what is decomposed in full. */
const SIZE = SMALL_MATRIX + 20;

/** A matrix with the eigenvalues given, and its vectors: I - 2 v v'. */
function mirrorMatrix(values: Float64Array) {
  const { uniform } = openStream(5, "mirror");
  const v = values.map(() => uniform() - 0.5);
  const length = Math.sqrt(v.reduce((sum, value) => sum + value * value, 0));
  v.forEach((value, index) => v[index] = value / length);
  // (I - 2vv') D (I - 2vv') = D - 2 (vv'D + Dvv') + 4 (v'Dv) vv'
  const inner = v.reduce((sum, x, index) => sum + x * x * values[index], 0);
  const matrix = Float64Array.from({ length: SIZE * SIZE }, (_, index) => {
    const [i, j] = [Math.floor(index / SIZE), index % SIZE];
    const own = i === j ? values[i] : 0;
    // Added first, so that both triangles round alike.
    return own + v[i] * v[j] * (4 * inner - 2 * (values[i] + values[j]));
  });
  const vector = (k: number) =>
    Float64Array.from(v, (x, index) => (index === k ? 1 : 0) - 2 * v[k] * x);
  return { matrix, vector };
}

const dot = (a: Float64Array, b: Float64Array) =>
  a.reduce((sum, value, index) => sum + value * b[index], 0);

Deno.test("leading eigenvectors are the known ones", () => {
  const values = Float64Array.from(
    { length: SIZE },
    (_, k) => k < 12 ? 40 - 3 * k : 1 / (k - 10),
  );
  const { matrix, vector } = mirrorMatrix(values);
  const found = leadingEigen(matrix, SIZE, 10);
  assert.equal(found.values.length, 10);
  assert.equal(found.vectors.length, 10 * SIZE);
  for (let k = 0; k < 10; k++) {
    assert.ok(Math.abs(found.values[k] - values[k]) < 1e-11);
    const own = found.vectors.subarray(k * SIZE, (k + 1) * SIZE);
    assert.ok(Math.abs(Math.abs(dot(own, vector(k))) - 1) < 1e-12);
  }
});

Deno.test("two equal eigenvalues are both found", () => {
  const values = Float64Array.from(
    { length: SIZE },
    (_, k) => k < 2 ? 9 : k < 6 ? 5 - k / 2 : 1 / k,
  );
  const { matrix, vector } = mirrorMatrix(values);
  const found = leadingEigen(matrix, SIZE, 4);
  for (const k of [0, 1]) {
    assert.ok(Math.abs(found.values[k] - 9) < 1e-11);
    const own = found.vectors.subarray(k * SIZE, (k + 1) * SIZE);
    const within = Math.hypot(dot(own, vector(0)), dot(own, vector(1)));
    assert.ok(Math.abs(within - 1) < 1e-11);
  }
});

Deno.test("a matrix of small rank has zeros for the rest", () => {
  const values = new Float64Array(SIZE);
  values.set([7, 4]);
  const { matrix } = mirrorMatrix(values);
  const found = leadingEigen(matrix, SIZE, 5);
  [7, 4, 0, 0, 0].forEach((value, k) =>
    assert.ok(Math.abs(found.values[k] - value) < 1e-11)
  );
  assert.ok(found.vectors.every(Number.isFinite));
});

Deno.test("many samples: the first components, and the same clusters", () => {
  const [samples, features, kept] = [SIZE, SIZE + 10, 12];
  const { uniform } = openStream(6, "many samples");
  const centers = Array.from({ length: 6 * features }, uniform);
  const rows = Float32Array.from(
    { length: samples * features },
    (_, index) =>
      centers[Math.floor(index / features) % 6 * features + index % features] +
      2 * uniform(),
  );
  const all = principalComponents(rows, samples, features);
  const first = principalComponents(rows, samples, features, kept);
  assert.equal(first.dimensions, kept);
  for (let sample = 0; sample < samples; sample++) {
    for (let d = 0; d < kept; d++) {
      const score = all.points[sample * all.dimensions + d];
      // Scores reach 15; both ways know them to the gaps between eigenvalues.
      assert.ok(Math.abs(first.points[sample * kept + d] - score) < 1e-9);
    }
  }
  const options = { clusters: 6, restarts: 2 };
  assert.deepEqual(
    prepareKMeans(Float64Array.from(rows), features, options)(1).assignments,
    prepareKMeans(all.points, all.dimensions, options)(1).assignments,
  );
});
