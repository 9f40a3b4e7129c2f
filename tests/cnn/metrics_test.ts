/** The network compared with other classifiers, by samples and by groups. */

import assert from "node:assert/strict";
import { scorePredictions } from "../../lib/cnn/metrics.ts";
import { forRivals } from "../../lib/cnn/rivals.ts";
import { RandomStream } from "../../lib/random.ts";
import { exactMcNemar } from "../../lib/statistics/binomial.ts";

const SAMPLES = 40;

/** A network that is always right, and rivals that never know the second class. */
function compare(groupOf: (sample: number) => string) {
  const rows = Array.from({ length: SAMPLES }, (_, sample) => sample);
  const classOf = Int32Array.from(rows, (row) => row % 2);
  return scorePredictions(
    {
      classOf,
      tissueNames: ["leaf", "root"],
      groups: rows.map(groupOf),
    },
    classOf,
    {
      rows,
      predicted: forRivals(() => new Int32Array(SAMPLES)),
      penalties: forRivals(() => []),
    },
    new RandomStream(1),
  )!;
}

Deno.test("groups of several samples are tested as a whole, too", () => {
  const { baselines: { ridge }, swaps } = compare((row) => `g${row % 20 >> 1}`);
  assert.equal(ridge.p, exactMcNemar(20, 0));
  // Ten groups, each with two samples that only the network gets right.
  assert.deepEqual(ridge.by_groups, {
    groups: 10,
    p: 2 ** -9,
    adjusted_p: 4 * 2 ** -9,
    least_adjusted_p: 4 * 2 ** -9,
  });
  assert.deepEqual([swaps.unit, swaps.ways], ["groups", 2 ** 10]);
  assert.ok(ridge.f1_difference.low > 0);
});

Deno.test("five groups cannot differ, so the interval is by samples", () => {
  const { baselines: { ridge }, swaps } = compare((row) => `g${row % 10 >> 1}`);
  assert.deepEqual(ridge.by_groups, {
    groups: 5,
    p: 1 / 16,
    adjusted_p: 1 / 4,
    least_adjusted_p: 1 / 4,
  });
  assert.deepEqual([swaps.unit, swaps.ways], ["samples", 2001]);
});

Deno.test("samples that are groups by themselves are as without groups", () => {
  const without = compare(() => "");
  assert.equal(without.baselines.ridge.by_groups, null);
  assert.equal(without.swaps.unit, "samples");
  assert.deepEqual(compare((row) => `g${row}`), without);
});
