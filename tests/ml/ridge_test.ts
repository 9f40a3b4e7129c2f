/** The ridge classifier is scikit-learn's. */

import assert from "node:assert/strict";
import { predictRidge, trainRidge } from "../../lib/ml/ridge.ts";
import { squaredDistances } from "../../lib/ml/squared_distances.ts";
import golden from "../fixtures/ml/ridge.json" with { type: "json" };

/** Two exact solutions of one system; scikit-learn's is by eigenvectors, too. */
const TOLERANCE = 1e-8;

function closeAll(
  found: ArrayLike<number>,
  wanted: readonly number[],
  what: string,
): void {
  assert.equal(found.length, wanted.length);
  const largest = Math.max(...wanted.map(Math.abs));
  wanted.forEach((value, index) =>
    assert.ok(
      Math.abs(found[index] - value) <= TOLERANCE * largest,
      `${what} ${index}: ${found[index]}, not ${value}`,
    )
  );
}

Deno.test("penalty, weights and predictions are scikit-learn's", () => {
  for (const one of golden.cases) {
    const model = trainRidge(
      Float32Array.from(one.train),
      one.labels,
      one.classes,
      one.features,
    );
    closeAll([model.penalty], [one.penalty], "penalty");
    closeAll(
      [Math.min(...model.errors.map(({ error }) => error))],
      [one.error],
      "error",
    );
    closeAll(model.weights, one.weights, "weight");
    closeAll(model.intercepts, one.intercepts, "intercept");
    assert.deepEqual(
      [...predictRidge(model, Float32Array.from(one.test))],
      one.predicted,
    );
  }
});

Deno.test("the order of the samples does not change the weights", () => {
  const [{ train, labels, classes, features }] = golden.cases;
  const rows = labels.map((_, row) =>
    train.slice(row * features, (row + 1) * features)
  );
  const turned = trainRidge(
    Float32Array.from(rows.toReversed().flat()),
    labels.toReversed(),
    classes,
    features,
  );
  closeAll(turned.weights, golden.cases[0].weights, "weight");
});

Deno.test("a class without samples, equal samples and a single one", () => {
  const empty = trainRidge(
    Float32Array.of(1, 0, 0, 1, 2, 0, 0, 2),
    [0, 2, 0, 2],
    3,
    2,
  );
  assert.deepEqual([...empty.weights.subarray(2, 4)], [0, 0]);
  assert.equal(empty.intercepts[1], -1);
  assert.deepEqual([...predictRidge(empty, Float32Array.of(3, 0, 0, 3))], [
    0,
    2,
  ]);
  const equal = trainRidge(Float32Array.of(1, 1, 1, 1), [0, 1], 2, 2);
  assert.deepEqual([...equal.weights], [0, 0, 0, 0]);
  const single = trainRidge(Float32Array.of(1, 2), [1], 2, 2);
  assert.deepEqual([...predictRidge(single, Float32Array.of(5, 5))], [1]);
});

Deno.test("distances that are known are used, and must fit", () => {
  const train = Float32Array.of(1, 2, 4, 1, 3, 3);
  const known = squaredDistances(train, train, 2);
  assert.deepEqual(
    trainRidge(train, [0, 1, 1], 2, 2, known),
    trainRidge(train, [0, 1, 1], 2, 2),
  );
  assert.throws(
    () => trainRidge(train, [0, 1, 1], 2, 2, known.subarray(1)),
    /8 distances are not those of 3 samples/,
  );
});
