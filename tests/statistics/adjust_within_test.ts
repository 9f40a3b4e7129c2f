/** Families of tests, each adjusted by itself. */

import assert from "node:assert/strict";
import { holmWithin } from "../../lib/statistics/adjust_within.ts";

Deno.test("each family is adjusted for its own tests alone", () => {
  const tests = [
    { family: 1, p: 0.01 },
    { family: 2, p: 0.02 },
    { family: 1, p: 0.04 },
    { family: 1, p: 0.03 },
  ];
  const adjusted = holmWithin(tests, ({ family }) => family);
  assert.deepEqual(tests.map((test) => adjusted.get(test)), [
    0.03,
    0.02,
    0.06,
    0.06,
  ]);
  assert.throws(() => holmWithin([{ p: 2 }], () => 1), RangeError);
});
