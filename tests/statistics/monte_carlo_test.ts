/** Errors of means and quantiles of t: `tests/fixtures/statistics/monte_carlo.py`. */

import assert from "node:assert/strict";
import { nestedError } from "../../lib/statistics/nested_error.ts";
import { studentTUpperQuantile } from "../../lib/statistics/student_t_quantile.ts";
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

Deno.test("quantiles of t are SciPy's", () => {
  assert.ok(golden.quantiles.length >= 30);
  for (const { p, df, t } of golden.quantiles) {
    const found = studentTUpperQuantile(p, df);
    // SciPy's own accuracy.
    assert.ok(
      Math.abs(found / t - 1) < 1e-10,
      `${p}, ${df}: ${found}, not ${t}`,
    );
  }
  for (const p of [0, 0.5, 1, NaN]) {
    assert.throws(
      () => studentTUpperQuantile(p, 9),
      /p must be in \(0, 0\.5\)/,
    );
  }
  assert.throws(() => studentTUpperQuantile(0.05, 0), /df must be greater/);
});
