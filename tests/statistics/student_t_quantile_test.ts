/** Quantiles of t: `tests/fixtures/statistics/student_t_quantile.py`. */

import assert from "node:assert/strict";
import { studentTUpperQuantile } from "../../lib/statistics/student_t_quantile.ts";
import golden from "../fixtures/statistics/student_t_quantile.json" with {
  type: "json",
};

Deno.test("quantiles of t are SciPy's", () => {
  assert.equal(golden.quantiles.length, 36);
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
