/** How many epochs `auto` takes. */

import assert from "node:assert/strict";
import { trainingEpochs } from "../../lib/cnn/training_epochs.ts";
import type { Split } from "../../lib/prepare/outputs.ts";

/** Folds with so many training samples, and a test sample each. */
function withFolds(...training: number[]) {
  return {
    folds: training.map((count, index) => ({
      fold: index + 1,
      split: [...Array(count).fill("train"), "test"] as Split[],
    })),
  };
}

Deno.test("a number that was asked for is taken", () => {
  assert.equal(trainingEpochs(7, withFolds(1000), 32), 7);
});

Deno.test("auto: about 300 updates, by the smallest training part", () => {
  assert.equal(trainingEpochs("auto", withFolds(320), 32), 30);
  assert.equal(trainingEpochs("auto", withFolds(321), 32), 28);
  assert.equal(trainingEpochs("auto", withFolds(640, 320), 32), 30);
});

Deno.test("auto: at least 10 epochs and at most 100", () => {
  assert.equal(trainingEpochs("auto", withFolds(5000), 32), 10);
  assert.equal(trainingEpochs("auto", withFolds(20), 32), 100);
  assert.equal(trainingEpochs("auto", withFolds(0), 32), 100);
});
