import assert from "node:assert/strict";
import { describeNetwork, STUDY_SIZES } from "../../lib/cnn/architecture.ts";
import {
  describeCost,
  ensembleSize,
  trainingWork,
  WORK_LIMIT,
} from "../../lib/cnn/training_work.ts";

Deno.test("the work is three forward passes a sample and epoch", () => {
  const one = describeNetwork({
    genes: 100,
    tissues: 6,
    blocks: 1,
    width: 0.5,
    hidden: 128,
  });
  const forward = 100 * 9 * 16 + 1600 * 128 + 128 * 6;
  assert.equal(trainingWork(one, 7, 2), 3 * forward * 7 * 2);
  // Winograd's kernels take a quarter of the multiplications.
  const two = describeNetwork({ ...one, blocks: 2 });
  const second = 100 * 9 * 16 * 32 / 4;
  const dense = 25 * 32 * 128;
  assert.equal(
    trainingWork(two, 1, 1),
    3 * (100 * 9 * 16 + second + dense + 128 * 6),
  );
});

Deno.test("auto takes five networks, or as many as the limit allows", () => {
  assert.equal(ensembleSize("auto", 1), 5);
  assert.equal(ensembleSize("auto", WORK_LIMIT / 5), 5);
  assert.equal(ensembleSize("auto", WORK_LIMIT / 4.9), 4);
  assert.equal(ensembleSize("auto", 10 * WORK_LIMIT), 1);
  assert.equal(ensembleSize(7, 10 * WORK_LIMIT), 7);
  // The study's own network on its own samples is too large for five.
  const study = describeNetwork({
    ...STUDY_SIZES,
    genes: 21_111,
    tissues: 11,
  });
  assert.equal(ensembleSize("auto", trainingWork(study, 764, 50)), 1);
});

Deno.test("the cost is said with its reason", () => {
  assert.equal(
    describeCost("auto", { folds: 5, members: 5, work: WORK_LIMIT / 25 }),
    "trains 25 networks (5 folds x 5 members), about 5.0 min on two cores; " +
      "the time left is shown after the first epochs",
  );
  assert.equal(
    describeCost("auto", { folds: 1, members: 2, work: WORK_LIMIT / 2.5 }),
    "trains 2 networks, about 20 min on two cores; --cnn.ensemble 5 would " +
      "take about 50 min, and auto takes at most 25 min; the time left is " +
      "shown after the first epochs",
  );
  assert.match(
    describeCost(1, { folds: 1, members: 1, work: 1 }),
    /^trains 1 network, about 1 s on two cores; the time left/,
  );
});
