/** The value that a test turns at. */

import assert from "node:assert/strict";
import { criticalValue } from "../../lib/null_test/critical_value.ts";
import { openStream } from "../../lib/random.ts";
import { empiricalP } from "../../lib/statistics/empirical_p.ts";
import { minP } from "../../lib/statistics/min_p.ts";

Deno.test("above the critical value a test is significant, and below it is not", () => {
  const { uniform } = openStream(3, "critical values");
  const draw = (sets: number) => Array.from({ length: sets }, uniform);
  for (const sets of [20, 39, 40, 100, 199]) {
    const own = draw(sets);
    const other = draw(sets);
    const tests = [
      (value: number) => empiricalP(own, value) < 0.05,
      (value: number) => minP([value, 0.999], [own, other]).adjusted[0] < 0.05,
    ];
    for (const isAt of tests) {
      const critical = criticalValue(own, isAt);
      if (critical === null) {
        assert.ok(!isAt(2) && sets < 60, `${sets} sets`);
        continue;
      }
      assert.ok(own.includes(critical));
      assert.ok(isAt(critical + 1e-9), `${sets} sets, above`);
      assert.ok(!isAt(critical), `${sets} sets, at it`);
    }
  }
  assert.notEqual(criticalValue(draw(99), (value) => value > 0.5), null);
});

Deno.test("no value is significant with few sets", () => {
  const few = Array.from({ length: 19 }, (_, i) => i);
  const at = (values: number[]) => (value: number) =>
    empiricalP(values, value) < 0.05;
  assert.equal(criticalValue(few, at(few)), null);
  const enough = [...few, 19];
  assert.equal(criticalValue(enough, at(enough)), 19);
});
