import assert from "node:assert/strict";
import {
  chanceAccuracy,
  shuffleLabels,
  shuffleSamples,
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

Deno.test("of many samples some are drawn, each with a label of theirs", () => {
  // The first of a sample's two genes tells which it is.
  const expression = Float32Array.from(
    { length: 120 },
    (_, index) => index % 2 === 0 ? index / 2 : -1,
  );
  const samples = { expression, classes };
  const drawn = shuffleSamples(samples, 24, new RandomStream(1));
  const rows = [...drawn.expression].filter((_, index) => index % 2 === 0);
  assert.equal(new Set(rows).size, 24);
  assert.ok(rows.every((row, index) => index === 0 || row > rows[index - 1]));
  assert.deepEqual(
    drawn.classes.toSorted(),
    Int32Array.from(rows, (row) => classes[row]).sort(),
  );
  assert.notDeepEqual(
    [...drawn.classes],
    rows.map((row) => classes[row]),
  );
  const other = shuffleSamples(samples, 24, new RandomStream(2));
  assert.notDeepEqual(other.expression, drawn.expression);
  const all = shuffleSamples(samples, 60, new RandomStream(1));
  assert.deepEqual(all.expression, expression);
  assert.deepEqual(all.classes.toSorted(), classes.toSorted());
});

Deno.test("chance is what guesses by the training labels' shares reach", () => {
  assert.equal(chanceAccuracy([0, 1, 2, 3], [0, 1, 2, 3]), 0.25);
  // 3/4 of the guesses are 0, and half of the test samples.
  assert.equal(chanceAccuracy([0, 0, 0, 1], [0, 1]), 0.75 / 2 + 0.25 / 2);
  assert.equal(chanceAccuracy([0, 0], [1]), 0);
});
