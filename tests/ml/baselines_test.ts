import assert from "node:assert/strict";
import { kNearestNeighbors, nearestCentroid } from "../../lib/ml/baselines.ts";
import golden from "../fixtures/statistics/classification.json" with {
  type: "json",
};

Deno.test("baselines predict what scikit-learn's do", () => {
  for (const expected of golden.baselines) {
    const { features } = expected;
    const read = (text: string) => text.split(" ").map(Number);
    const trainClasses = read(expected.trainClasses);
    const train = Float32Array.from(read(expected.train));
    const test = Float32Array.from(read(expected.test));
    assert.deepEqual(
      [...nearestCentroid(train, trainClasses, test, features)],
      expected.nearestCentroid,
    );
    for (const [k, wanted] of Object.entries(expected.kNearest)) {
      assert.deepEqual(
        [...kNearestNeighbors(train, trainClasses, test, features, Number(k))],
        wanted,
      );
    }
  }
});

Deno.test("ties go to the smaller class and the earlier sample", () => {
  const middle = Float32Array.of(1);
  const train = Float32Array.of(2, 0);
  assert.deepEqual([...nearestCentroid(train, [3, 1], middle, 1)], [1]);
  assert.deepEqual([...kNearestNeighbors(train, [3, 1], middle, 1, 2)], [1]);
  assert.deepEqual([...kNearestNeighbors(train, [3, 1], middle, 1, 1)], [3]);
});

Deno.test("fewer training samples than k all vote", () => {
  const predicted = kNearestNeighbors(
    Float32Array.of(0, 5, 6),
    [0, 1, 1],
    Float32Array.of(0),
    1,
  );
  assert.deepEqual([...predicted], [1]);
});

Deno.test("no test sample gives no prediction", () => {
  const none = new Float32Array(0);
  assert.equal(nearestCentroid(Float32Array.of(1), [0], none, 1).length, 0);
  assert.equal(kNearestNeighbors(Float32Array.of(1), [0], none, 1).length, 0);
});

Deno.test("baselines refuse what does not fit", () => {
  const one = Float32Array.of(1);
  for (const classify of [nearestCentroid, kNearestNeighbors]) {
    assert.throws(
      () => classify(Float32Array.of(NaN), [0], one, 1),
      /must be finite/,
    );
    assert.throws(
      () => classify(Float32Array.of(1, 2), [0], one, 2),
      /not whole rows of 2/,
    );
  }
});
