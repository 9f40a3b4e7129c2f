import assert from "node:assert/strict";
import { classificationScores } from "../../lib/statistics/classification_scores.ts";
import golden from "../fixtures/statistics/classification.json" with {
  type: "json",
};

Deno.test("classification scores equal scikit-learn's", () => {
  for (const expected of golden.scores) {
    const scores = classificationScores(
      expected.truth.split(" ").map(Number),
      expected.predicted.split(" ").map(Number),
      expected.classes,
    );
    const close = (value: number, wanted: number, name: string) =>
      // Ratios and means of a few dozen: some roundings of a double.
      assert.ok(Math.abs(value - wanted) < 1e-14, `${name}: ${value}`);
    close(scores.accuracy, expected.accuracy, "accuracy");
    close(scores.macroF1, expected.macroF1, "macro F1");
    assert.deepEqual(
      scores.confusion.map((row) => row.join(" ")),
      expected.confusion,
    );
    scores.perClass.forEach((row, index) => {
      close(row.precision, expected.precision[index], "precision");
      close(row.recall, expected.recall[index], "recall");
      close(row.f1, expected.f1[index], "F1");
      assert.equal(row.support, expected.support[index]);
    });
  }
});

Deno.test("a class that occurs nowhere has no weight in macro F1", () => {
  const two = classificationScores([0, 1, 1], [0, 1, 0], 2);
  const five = classificationScores([0, 1, 1], [0, 1, 0], 5);
  assert.equal(five.macroF1, two.macroF1);
  assert.equal(five.perClass[4].f1, 0);
});

Deno.test("a class that is only predicted has weight in macro F1", () => {
  const scores = classificationScores([0, 0], [0, 1], 2);
  // F1 is 2/3 for class 0 and 0 for class 1.
  assert.ok(Math.abs(scores.macroF1 - 1 / 3) < 1e-15);
});

Deno.test("labels that cannot be counted are refused", () => {
  assert.throws(() => classificationScores([], [], 2), /there is no sample/);
  assert.throws(
    () => classificationScores([0], [0, 1], 2),
    /1 true classes for 2/,
  );
  assert.throws(() => classificationScores([0, 2], [0, 1], 2), /not 2/);
  assert.throws(() => classificationScores([0, 1], [0, NaN], 2), /not NaN/);
  assert.throws(() => classificationScores([-1], [0], 2), /not -1/);
});
