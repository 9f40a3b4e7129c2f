import assert from "node:assert/strict";
import { sum } from "../../lib/statistics/sum.ts";

Deno.test("values are added from the first to the last", () => {
  assert.equal(sum([]), 0);
  assert.equal(sum(Float64Array.of(1, 2, 6)), 9);
  // Rounded after each addition: the order shows.
  assert.equal(sum([0.1, 0.2, 0.3]), 0.1 + 0.2 + 0.3);
  assert.notEqual(sum([0.3, 0.2, 0.1]), sum([0.1, 0.2, 0.3]));
});
