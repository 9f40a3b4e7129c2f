import assert from "node:assert/strict";
import {
  spearman,
  topCount,
  topOverlap,
} from "../../lib/statistics/rank_agreement.ts";
import golden from "../fixtures/statistics/rank_agreement.json" with {
  type: "json",
};

/** SciPy divides by rounded standard deviations; these sums are exact. */
const TOLERANCE = 1e-12;

for (const expected of golden.cases) {
  Deno.test(`rank correlation equals SciPy's: ${expected.name}`, () => {
    const a = expected.a.split(" ").map(Number);
    const b = expected.b.split(" ").map(Number);
    const found = spearman(a, b);
    if (expected.spearman === null || found === null) {
      assert.equal(found, expected.spearman);
      return;
    }
    assert.ok(Math.abs(found - expected.spearman) <= TOLERANCE, `${found}`);
    assert.equal(spearman(b, a), found);
  });
}

Deno.test("scores agree exactly with themselves, with ties, too", () => {
  const values = Float32Array.from({ length: 999 }, (_, i) => (i * 37) % 101);
  assert.equal(spearman(values, values), 1);
  assert.equal(spearman(values, values.map((value) => -value)), -1);
});

Deno.test("a constant, a single value and an empty list have no rank correlation", () => {
  assert.equal(spearman([1, 1], [1, 2]), null);
  assert.equal(spearman([1, 2], [0, -0]), null);
  assert.equal(spearman([1], [2]), null);
  assert.equal(spearman([], []), null);
});

Deno.test("the overlap counts shared entries among the largest", () => {
  assert.equal(topOverlap([5, 4, 3, 2, 1], [5, 4, 3, 2, 1], 3), 1);
  assert.equal(topOverlap([5, 4, 3, 2, 1], [1, 2, 3, 4, 5], 2), 0);
  assert.equal(topOverlap([5, 4, 3, 2, 1], [1, 2, 3, 4, 5], 3), 1 / 3);
  assert.equal(topOverlap([5, 4, 3, 2, 1], [1, 2, 3, 4, 5], 5), 1);
  // A large negative score is not a large score.
  assert.equal(topOverlap([-9, 1, 0], [9, 1, 0], 1), 0);
});

Deno.test("of equal entries the lower index counts as the larger", () => {
  assert.equal(topOverlap([0, 0, 0, 0], [1, 1, 0, 0], 2), 1);
  assert.equal(topOverlap([0, -0, 0, 0], [0, 0, 1, 1], 2), 0);
});

Deno.test("the top genes are a tenth of them, at most 100", () => {
  const counts = [1, 10, 11, 990, 991, 1000, 9999].map(topCount);
  assert.deepEqual(counts, [1, 1, 2, 99, 100, 100, 100]);
  for (const genes of [0, -1, 1.5, NaN]) {
    assert.throws(() => topCount(genes), RangeError);
  }
});

Deno.test("lists that cannot be compared are refused", () => {
  assert.throws(() => spearman([1], [1, 2]), /1 values .* with 2/);
  assert.throws(() => spearman([1, NaN], [1, 2]), /value 1 is NaN/);
  assert.throws(() => topOverlap([1], [Infinity], 1), /value 0 is Infinity/);
  for (const top of [0, 3, 0.5]) {
    assert.throws(() => topOverlap([1, 2], [1, 2], top), /from 1 to 2/);
  }
});
