/** Holm's p-values by statsmodels, empirical ones by SciPy. */

import assert from "node:assert/strict";
import { holm } from "../../lib/statistics/adjust_p.ts";
import { empiricalP } from "../../lib/statistics/empirical_p.ts";
import golden from "../fixtures/statistics/holm.json" with { type: "json" };

/** One product of two doubles. */
const TOLERANCE = 1e-14;

Deno.test("Holm's p-values are statsmodels'; tests not made do not count", () => {
  for (const { p, adjusted } of golden.adjusted) {
    const found = holm(p);
    adjusted.forEach((wanted, index) =>
      assert.ok(Math.abs(found[index] - wanted) <= TOLERANCE, `${p}`)
    );
    const gap = holm([NaN, ...p]);
    assert.ok(Number.isNaN(gap[0]));
    assert.deepEqual(gap.slice(1), found);
  }
  assert.deepEqual(holm([]), new Float64Array());
  assert.throws(() => holm([0.1, 1.5]), /value 1 is 1.5/);
});

Deno.test("empirical p-values are SciPy's; a tie counts as chance", () => {
  for (const { null: byChance, value, p } of golden.empirical) {
    assert.equal(empiricalP(byChance, value), p);
  }
  assert.equal(empiricalP([0.3, 0], 0.1 + 0.2), 2 / 3);
  assert.throws(() => empiricalP([], 1), /at least 1/);
});
