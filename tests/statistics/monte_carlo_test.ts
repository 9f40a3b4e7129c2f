/** Errors of means: `tests/fixtures/statistics/monte_carlo.py`. */

import assert from "node:assert/strict";
import { nestedError } from "../../lib/statistics/nested_error.ts";
import golden from "../fixtures/statistics/monte_carlo.json" with {
  type: "json",
};

Deno.test("the error of a mean is SciPy's of the groups' means", () => {
  assert.ok(golden.errors.length >= 6);
  for (const { groups, error } of golden.errors) {
    const found = nestedError(groups)!;
    // Sums of a few numbers in another order.
    assert.ok(Math.abs(found / error - 1) < 1e-12, `${found}, not ${error}`);
  }
});

Deno.test("equal means have no error, and one group tells nothing", () => {
  assert.equal(nestedError([[0.1, 0.3], [0.1, 0.3], [0.1, 0.3]]), 0);
  assert.equal(nestedError([[1, 2, 3]]), null);
  assert.throws(() => nestedError([[1, 2], [3]]), /groups hold 2 and 1 values/);
  assert.throws(() => nestedError([[], []]), /at least 1 values/);
});
