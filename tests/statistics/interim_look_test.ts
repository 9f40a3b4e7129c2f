/** Looks of a Monte Carlo test: `tests/fixtures/statistics/interim_look.py`. */

import assert from "node:assert/strict";
import { goesOn, pOfLook } from "../../lib/statistics/interim_look.ts";
import golden from "../fixtures/statistics/interim_look.json" with {
  type: "json",
};

Deno.test("the p of an interim look is the sum of SciPy's probabilities", () => {
  for (const { first, last, goes_on, at_first, at_last } of golden.cases) {
    const looks = { first, last };
    const open = Array.from({ length: first + 1 }, (_, hits) => hits)
      .filter((hits) => goesOn(hits, looks));
    assert.deepEqual(open, goes_on);
    for (
      const [values, rows] of [[first, at_first], [last, at_last]] as const
    ) {
      assert.ok(rows.length > 5);
      for (const [hits, wanted] of rows) {
        const found = pOfLook(hits, values, looks);
        // Sums of up to 10,000 terms of about 1e-15 relative error each.
        assert.ok(
          Math.abs(found - wanted) < 1e-12,
          `${hits} of ${values}: ${found}, not ${wanted}`,
        );
      }
    }
  }
});

Deno.test("one look has the p of a count", () => {
  const looks = { first: 99, last: 99 };
  for (const hits of [0, 4, 5, 99]) {
    assert.equal(goesOn(hits, looks), false);
    assert.equal(pOfLook(hits, 99, looks), (1 + hits) / 100);
  }
});

Deno.test("a look that a test does not end at is an error", () => {
  const looks = { first: 199, last: 999 };
  assert.throws(() => pOfLook(9, 199, looks), /9 of 199 .* goes on to 999/);
  assert.throws(() => pOfLook(9, 200, looks), /200 values, .* 199 and 999/);
});
