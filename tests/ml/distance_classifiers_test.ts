/** Ridge and the nearest centroid from distances are those from features. */

import assert from "node:assert/strict";
import { nearestCentroid } from "../../lib/ml/baselines.ts";
import {
  centroidByDistances,
  ridgeByDistances,
} from "../../lib/ml/distance_classifiers.ts";
import { predictRidge, trainRidge } from "../../lib/ml/ridge.ts";
import { squaredDistances } from "../../lib/ml/squared_distances.ts";
import { RandomStream } from "../../lib/random.ts";
import golden from "../fixtures/ml/ridge.json" with { type: "json" };

Deno.test("ridge from distances predicts as scikit-learn's", () => {
  for (
    const { train, test, labels, classes, features, ...one } of golden.cases
  ) {
    const all = Float32Array.from([...train, ...test]);
    const rows = [...Array(all.length / features).keys()];
    const predicted = ridgeByDistances(
      {
        squares: squaredDistances(all, all, features),
        classOf: [...labels, ...one.predicted],
        classes,
      },
      rows.slice(0, labels.length),
      rows.slice(labels.length),
    );
    assert.deepEqual([...predicted], one.predicted);
  }
});

Deno.test("both classifiers on parts of the samples, in any order", () => {
  const [samples, features, classes] = [60, 30, 4];
  const stream = new RandomStream(9);
  const classOf = Array.from({ length: samples }, (_, row) => row % classes);
  const values = Float32Array.from(
    { length: samples * features },
    (_, at) =>
      stream.uniform() * 4 +
      +(at % features === classOf[Math.floor(at / features)]),
  );
  const squares = squaredDistances(values, values, features);
  const order = stream.shuffle([...classOf.keys()]);
  const [train, test] = [order.slice(0, 40), order.slice(40)];
  const take = (rows: readonly number[]) =>
    Float32Array.from(
      rows.flatMap((row) => [
        ...values.subarray(row * features, (row + 1) * features),
      ]),
    );
  const labels = train.map((row) => classOf[row]);
  const measured = { squares, classOf, classes };
  const ridge = ridgeByDistances(measured, train, test);
  assert.deepEqual(
    ridge,
    predictRidge(
      trainRidge(take(train), labels, classes, features),
      take(test),
    ),
  );
  assert.ok(new Set(ridge).size > 1);
  assert.deepEqual(
    centroidByDistances(measured, train, test),
    nearestCentroid(take(train), labels, take(test), features),
  );
});

Deno.test("a class without training samples is never predicted", () => {
  const values = Float32Array.of(0, 1, 10, 11, 20);
  const measured = {
    squares: squaredDistances(values, values, 1),
    classOf: [0, 0, 2, 2, 1],
    classes: 3,
  };
  for (const classify of [ridgeByDistances, centroidByDistances]) {
    assert.deepEqual([...classify(measured, [0, 1, 2, 3], [4])], [2]);
    assert.throws(() => classify(measured, [], [4]), RangeError);
  }
});
