/** The interval over repeated splits, by golden values. */

import assert from "node:assert/strict";
import { correctedResampling } from "../../lib/statistics/corrected_resampling.ts";
import golden from "../fixtures/statistics/corrected_resampling.json" with {
  type: "json",
};

/** Scores are of about 1; SciPy's quantiles are exact to about 1e-13. */
const TOLERANCE = 1e-10;

for (const { scores, share, ...expected } of golden.cases) {
  Deno.test(`the interval over ${scores.length} splits, tested share ${share.toFixed(2)}`, () => {
    const { mean, sd, interval: [low, high] } = correctedResampling(
      scores,
      share,
    );
    for (const [name, found] of Object.entries({ mean, sd, low, high })) {
      const wanted = expected[name as keyof typeof expected];
      assert.ok(
        Math.abs(found - wanted) <= TOLERANCE,
        `${name}: ${found} instead of ${wanted}`,
      );
    }
  });
}

Deno.test("one split has no interval, and a share is a finite number", () => {
  assert.throws(() => correctedResampling([0.9], 0.25), /2 scores are needed/);
  assert.throws(() => correctedResampling([0.9, 1], -0.1), /at least 0/);
  assert.throws(() => correctedResampling([0.9, 1], Infinity), /finite/);
});
