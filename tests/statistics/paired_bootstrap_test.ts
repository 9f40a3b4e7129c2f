/** Two classifiers on the same samples, compared as in Python. */

import assert from "node:assert/strict";
import { RandomStream } from "../../lib/random.ts";
import { exactMcNemar } from "../../lib/statistics/binomial.ts";
import { classificationScores } from "../../lib/statistics/classification_scores.ts";
import {
  compareMacroF1,
  drawStratified,
  macroF1Of,
} from "../../lib/statistics/paired_bootstrap.ts";
import golden from "../fixtures/statistics/classifier_tests.json" with {
  type: "json",
};

/** The same sums in another order. */
const TOLERANCE = 1e-12;

function close(found: number, wanted: number, tolerance = TOLERANCE): void {
  assert.ok(Math.abs(found - wanted) <= tolerance, `${found}, not ${wanted}`);
}

Deno.test("the interval of a difference of macro F1 is Python's", () => {
  for (
    const { truth, resamples, difference, low, high, ...of } of golden.cases
  ) {
    const found = compareMacroF1(truth, of, resamples);
    close(found.difference, difference);
    close(found.low, low);
    close(found.high, high);
  }
});

Deno.test("McNemar's exact p is statsmodels' and SciPy's", () => {
  for (const { only_first, only_second, p } of golden.cases) {
    close(exactMcNemar(only_first, only_second), p, 1e-9);
  }
});

Deno.test("macro F1 of all samples is that of the scores", () => {
  for (const { truth, first, classes } of golden.cases) {
    const all = truth.map((_, index) => index);
    close(
      macroF1Of(truth, first, classes, all),
      classificationScores(truth, first, classes).macroF1,
    );
  }
});

Deno.test("a resample has one sample of each class less, and of a single one this one", () => {
  const truth = [2, 0, 0, 1, 0, 2, 0];
  const resamples = drawStratified(truth, 400, new RandomStream(4));
  const drawn = new Set<number>();
  for (const indices of resamples) {
    assert.deepEqual(
      [0, 1, 2].map((label) =>
        indices.filter((index) => truth[index] === label).length
      ),
      [3, 1, 1],
    );
    for (const index of indices) drawn.add(index);
  }
  assert.equal(drawn.size, truth.length);
  assert.ok(resamples.some((indices) => new Set(indices).size < truth.length));
});

Deno.test("the interval covers the difference of two classifiers", () => {
  // 20 samples of each of three classes; the first is right in 90 %, the second
  // in 75 %, and the wrong ones go to the other classes alike: macro F1 tends
  // to the accuracy, so that the true difference is about 0.15.
  const stream = new RandomStream(8);
  const truth = Array.from({ length: 60 }, (_, index) => index % 3);
  const guess = (right: number) =>
    truth.map((label) =>
      stream.uniform() < right ? label : (label + 1 + stream.integer(2)) % 3
    );
  let covered = 0;
  for (let trial = 0; trial < 100; trial++) {
    const { low, high } = compareMacroF1(
      truth,
      { first: guess(0.9), second: guess(0.75), classes: 3 },
      drawStratified(truth, 200, stream),
    );
    covered += +(low <= 0.15 && 0.15 <= high);
  }
  // 85 is 4.6 standard deviations below 95 of 100.
  assert.ok(covered >= 85, `${covered} of 100 intervals cover it`);
});

Deno.test("the bootstrap refuses predictions of other samples", () => {
  const of = { first: [0, 1], second: [0], classes: 2 };
  assert.throws(() => compareMacroF1([0, 1], of, [[0, 1]]), RangeError);
  assert.throws(
    () => compareMacroF1([0, 1], { ...of, second: [0, 1] }, []),
    RangeError,
  );
});
