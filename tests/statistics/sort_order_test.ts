/** The order is that of sorting by a comparison, whatever the numbers. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { makeSorter } from "../../lib/statistics/sort_order.ts";
import { SEED } from "../fuzz.ts";

Deno.test("numbers are sorted, ties, signs and far numbers among them", () => {
  const near = fc.integer({ min: -3, max: 3 });
  const finite = fc.float({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(
      fc.array(fc.oneof(near, finite), { maxLength: 120 }),
      fc.boolean(),
      (numbers, isCrowded) => {
        // A far number puts all others into one bucket.
        const own = Float32Array.from(isCrowded ? [...numbers, 1e30] : numbers);
        const order = makeSorter(own.length)(own);
        assert.deepEqual(
          [...order].sort((a, b) => a - b),
          [...own.keys()],
        );
        assert.deepEqual(
          Array.from(order, (i) => own[i] + 0),
          [...own].sort((a, b) => a - b).map((each) => each + 0),
        );
      },
    ),
    { seed: SEED, numRuns: 300 },
  );
});

Deno.test("the next numbers are sorted again", () => {
  const sorter = makeSorter(4);
  assert.deepEqual([...sorter(Float32Array.of(3, 1, 2, 0))], [3, 1, 2, 0]);
  assert.deepEqual([...sorter(Float32Array.of(0, 1, 2, 3))], [0, 1, 2, 3]);
  assert.deepEqual([...makeSorter(1)(Float32Array.of(7))], [0]);
});
