/** The bootstrap's error of a median, against resampling by NumPy. */

import assert from "node:assert/strict";
import {
  medianBootstrapError,
  middlePairs,
} from "../../lib/statistics/median_bootstrap.ts";
import golden from "../fixtures/statistics/median_bootstrap.json" with {
  type: "json",
};

Deno.test("the error is that over all resamples", () => {
  for (const { values, error } of golden.exact) {
    const found = medianBootstrapError(values, middlePairs(values.length));
    // A few hundred terms, by logarithms.
    assert.ok(Math.abs(found - error) <= 1e-12 * error, `${found} ${error}`);
  }
});

Deno.test("the error is near that over many resamples", () => {
  for (const { values, error } of golden.drawn) {
    const found = medianBootstrapError(values, middlePairs(values.length));
    // The sd of 400,000 draws has an error of 0.11 % if they are normal.
    assert.ok(Math.abs(found / error - 1) < 0.006, `${found} ${error}`);
  }
});

Deno.test("the probabilities sum to 1, also of many values", () => {
  for (const count of [1, 2, 3, 10, 101, 400, 3001, 3000]) {
    const { probabilities } = middlePairs(count);
    assert.ok(probabilities.every((p) => p > 0 && p <= 1 + 1e-12));
    assert.ok(probabilities.length < 100_000);
    const sum = probabilities.reduce((a, b) => a + b);
    assert.ok(Math.abs(sum - 1) < 1e-10, `${count}: ${sum}`);
  }
});

Deno.test("values that are equal have no error, whatever their size", () => {
  const pairs = middlePairs(6);
  assert.equal(medianBootstrapError([7, 7, 7, 7, 7, 7], pairs), 0);
  const near = (shift: number) =>
    medianBootstrapError([0, 1, 2, 3, 4, 5].map((x) => x + shift), pairs);
  assert.ok(Math.abs(near(1e6) / near(0) - 1) < 1e-9);
});
