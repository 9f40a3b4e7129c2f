import assert from "node:assert/strict";
import {
  chanceAccuracy,
  shuffleLabels,
} from "../../lib/sanity_checks/label_randomization.ts";
import { RandomStream } from "../../lib/random.ts";

const classes = Int32Array.from({ length: 60 }, (_, row) => row % 7 % 4);

Deno.test("shuffled labels are a permutation that depends on the seed", () => {
  const kept = classes.slice();
  const shuffled = shuffleLabels(classes, new RandomStream(1));
  assert.deepEqual(classes, kept, "the labels themselves must stay");
  assert.deepEqual(shuffled.toSorted(), classes.toSorted());
  // Four classes: about a quarter of the samples keep their label.
  const same = shuffled.filter((label, row) => label === classes[row]).length;
  assert.ok(same < 30, `${same} of 60 labels stay where they were`);
  assert.deepEqual(shuffleLabels(classes, new RandomStream(1)), shuffled);
  assert.notDeepEqual(shuffleLabels(classes, new RandomStream(2)), shuffled);
});

Deno.test("chance is what guesses by the training labels' shares reach", () => {
  assert.equal(chanceAccuracy([0, 1, 2, 3], [0, 1, 2, 3]), 0.25);
  // 3/4 of the guesses are 0, and half of the test samples.
  assert.equal(chanceAccuracy([0, 0, 0, 1], [0, 1]), 0.75 / 2 + 0.25 / 2);
  assert.equal(chanceAccuracy([0, 0], [1]), 0);
});
