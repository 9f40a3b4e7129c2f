/** Pooled p-values are NumPy's counts. */

import assert from "node:assert/strict";
import {
  addCounts,
  countAtLeast,
  pooledP,
} from "../../lib/statistics/pooled_p.ts";
import golden from "../fixtures/statistics/pooled_p.json" with { type: "json" };

const read = (values: readonly (number | string | null)[]) =>
  values.map((each) => each === null ? NaN : Number(each));

Deno.test("null values of all tests and shuffles are counted, ties and NaN among them", () => {
  const observed = read(golden.observed);
  const counts = golden.shuffles.map((own) =>
    countAtLeast(observed, read(own))
  );
  assert.deepEqual(
    [...pooledP(counts.reduce(addCounts))],
    read(golden.p),
  );
  const reverse = counts.toReversed().reduce(addCounts);
  assert.deepEqual(reverse, counts.reduce(addCounts));
});

Deno.test("without a null value no gene is rare", () => {
  const counted = countAtLeast([1, NaN], [NaN]);
  assert.deepEqual([...pooledP(counted)], [1, NaN]);
});

Deno.test("counts of many shuffles of many genes do not overflow", () => {
  const once = { counts: Float64Array.of(3e9), total: 3e9 };
  const twice = addCounts(once, once);
  assert.deepEqual([...twice.counts], [6e9]);
  assert.equal(pooledP(twice)[0], 1);
});
