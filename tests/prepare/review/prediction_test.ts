/** How well one fact predicts another, compared with scikit-learn. */

import assert from "node:assert/strict";
import golden from "../../fixtures/prepare/predictions.json" with {
  type: "json",
};
import {
  predictByCategory,
  predictByNumber,
  skillOf,
} from "../../../lib/prepare/review/prediction.ts";
import { RandomStream } from "../../../lib/random.ts";

const near = (found: number, wanted: number) =>
  assert.ok(Math.abs(found - wanted) < 1e-12, `${found} is not ${wanted}`);

Deno.test("by a number: balanced accuracy of the nearest mean, one left out", () => {
  for (const { sizes, tissues, right } of golden.numbers) {
    const found = predictByNumber(sizes.map(Math.log), tissues)!;
    near(found.right, right);
    near(found.guessed, 1 / new Set(tissues).size);
    assert.equal(found.samples, sizes.length);
  }
});

Deno.test("by categories: the commonest class of the others", () => {
  for (const wanted of golden.categories) {
    const found = predictByCategory(wanted.categories, wanted.tissues)!;
    near(found.right, wanted.right);
    near(found.guessed, wanted.guessed);
    assert.equal(found.samples, wanted.samples);
  }
});

Deno.test("by a number: equal numbers predict nothing, whatever the rounding", () => {
  const tissues = ["c", "a", "b"].flatMap((name) => Array(7).fill(name));
  for (const number of [0, 0.1, Math.log(123456.7), -3e-9]) {
    const found = predictByNumber(tissues.map(() => number), tissues)!;
    near(found.right, 1 / 3);
    near(skillOf(found), 0);
  }
});

Deno.test("predictions: nothing to predict from", () => {
  assert.equal(predictByNumber([1, 2, 3], ["a", "a", "b"]), undefined);
  assert.equal(predictByCategory(["x", "y"], ["a", "a"]), undefined);
  assert.equal(predictByCategory([], []), undefined);
  const all = predictByCategory(["x", "x"], ["a", "a"])!;
  assert.deepEqual([all.right, all.guessed, skillOf(all)], [1, 1, 0]);
});

Deno.test("predictions: chance hardly passes the bound with half of the skill", () => {
  const { uniform } = new RandomStream(23);
  const tissues = Array.from({ length: 24 }, (_, row) => `t${row % 3}`);
  let passed = 0;
  for (let round = 0; round < 500; round++) {
    const numbers = predictByNumber(tissues.map(uniform), tissues)!;
    const batches = tissues.map(() => `b${Math.floor(4 * uniform())}`);
    for (
      const found of [
        numbers,
        predictByCategory(batches, tissues)!,
        predictByCategory(tissues, batches)!,
      ]
    ) if (found.right > found.bound && skillOf(found) >= 0.5) passed++;
  }
  assert.ok(passed <= 5, `${passed} of 1500`);
});
