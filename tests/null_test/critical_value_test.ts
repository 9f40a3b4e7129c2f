/** The value that a test turns at. */

import assert from "node:assert/strict";
import { criticalValue } from "../../lib/null_test/critical_value.ts";
import { isSignificant } from "../../lib/null_test/null_tests.ts";
import { testAgainstNull } from "../../lib/null_test/t_test.ts";
import { openStream } from "../../lib/random.ts";
import golden from "../fixtures/statistics/monte_carlo.json" with {
  type: "json",
};

Deno.test("above the critical value a test is significant, and below it is not", () => {
  const { uniform } = openStream(3, "critical values");
  let byT = 0;
  for (const sets of [20, 39, 40, 100, 250]) {
    for (const power of [1, 4]) {
      const nullValues = Array.from({ length: sets }, () => uniform() ** power);
      const critical = criticalValue(nullValues)!;
      const isAt = (value: number) =>
        isSignificant(testAgainstNull(nullValues, value));
      assert.ok(isAt(critical + 1e-9), `${sets} sets, above`);
      assert.ok(!isAt(critical - 1e-9), `${sets} sets, below`);
      if (!nullValues.includes(critical)) byT++;
    }
  }
  // Either p decides in some of them.
  assert.ok(byT > 0 && byT < 10, `${byT}`);
});

Deno.test("no value is significant with few sets, or without spread", () => {
  const few = Array.from({ length: 19 }, (_, i) => i);
  assert.equal(criticalValue(few), null);
  assert.ok(criticalValue([...few, 19])! > 18);
  assert.equal(criticalValue(Array(30).fill(0.5)), null);
});

Deno.test("the critical value of t is SciPy's prediction limit", () => {
  assert.equal(golden.limits.length, 3);
  for (const { values, limit } of golden.limits) {
    const nullValues = values.split(" ").map(Number);
    // Sums of a hundred numbers in another order.
    const found = criticalValue(nullValues)!;
    assert.ok(Math.abs(found / limit - 1) < 1e-12, `${found}, not ${limit}`);
  }
});
