/** The ridge classifier with few features is scikit-learn's, too. */

import assert from "node:assert/strict";
import { predictRidge, trainRidge } from "../../lib/ml/ridge.ts";
import { trainRidgeFast } from "../../lib/ml/ridge_few_features.ts";
import { RandomStream } from "../../lib/random.ts";
import golden from "../fixtures/ml/ridge_few_features.json" with {
  type: "json",
};
import wide from "../fixtures/ml/ridge.json" with { type: "json" };

/** Exact solutions of one small system in doubles. */
const TOLERANCE = 1e-9;

function closeAll(
  found: ArrayLike<number>,
  wanted: ArrayLike<number>,
  what: string,
): void {
  assert.equal(found.length, wanted.length);
  const largest = Math.max(...Array.from(wanted, Math.abs));
  for (let index = 0; index < wanted.length; index++) {
    assert.ok(
      Math.abs(found[index] - wanted[index]) <= TOLERANCE * largest,
      `${what} ${index}: ${found[index]}, not ${wanted[index]}`,
    );
  }
}

Deno.test("penalty, weights and predictions are scikit-learn's", () => {
  for (const one of golden.cases) {
    const model = trainRidgeFast(
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

Deno.test("with as many features as samples it is trainRidge itself", () => {
  const [{ train, labels, classes, features }] = wide.cases;
  const values = Float32Array.from(train);
  assert.deepEqual(
    trainRidgeFast(values, labels, classes, features),
    trainRidge(values, labels, classes, features),
  );
});

Deno.test("both ways agree on every penalty, also on a class without samples", () => {
  const stream = new RandomStream(8);
  const labels = Array.from({ length: 50 }, (_, row) => row % 3 * 2);
  const values = Float32Array.from(
    { length: 50 * 7 },
    (_, index) => stream.uniform() + labels[Math.floor(index / 7)] * 0.2,
  );
  const few = trainRidgeFast(values, labels, 5, 7);
  const many = trainRidge(values, labels, 5, 7);
  closeAll(few.weights, many.weights, "weight");
  closeAll(few.intercepts, many.intercepts, "intercept");
  closeAll(
    few.errors.map(({ error }) => error),
    many.errors.map(({ error }) => error),
    "error",
  );
  assert.equal(few.intercepts[1], -1);
});

Deno.test("equal samples have weights of 0; broken numbers are refused", () => {
  const equal = trainRidgeFast(Float32Array.of(1, 1, 1), [0, 1, 1], 2, 1);
  assert.deepEqual([...equal.weights].map(Math.abs), [0, 0]);
  assert.throws(
    () => trainRidgeFast(Float32Array.of(1, NaN, 1), [0, 1, 1], 2, 1),
    /finite/,
  );
  assert.throws(
    () => trainRidgeFast(Float32Array.of(1, 2), [0, 1, 1], 2, 1),
    /not 3 samples of 1/,
  );
});
