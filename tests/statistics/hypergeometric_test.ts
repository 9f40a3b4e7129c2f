/** Hypergeometric tails: exact values, tiny ones, and what goes together. */

import assert from "node:assert/strict";
import {
  fisherExact,
  hypergeometricTail,
} from "../../lib/statistics/hypergeometric.ts";
import golden from "../fixtures/statistics/hypergeometric.json" with {
  type: "json",
};

/** Loader's deviances keep about 13 digits of a probability of 1e-300. */
const TOLERANCE = 1e-12;

function assertNear(actual: number, expected: number, what: string): void {
  const error = Math.abs(actual - expected) / expected;
  assert.ok(error < TOLERANCE, `${what}: ${actual}, ${expected}, ${error}`);
}

Deno.test("both tails are those of exact sums, down to 1e-300", () => {
  for (const { tail, fisher, ...draws } of golden.cases) {
    const what = JSON.stringify(draws);
    if (tail > 0) assertNear(hypergeometricTail(draws), tail, what);
    if (fisher > 0) assertNear(fisherExact(draws), fisher, what);
  }
  const smallest = Math.min(
    ...golden.cases.map(({ tail }) => tail).filter((tail) => tail > 0),
  );
  assert.ok(smallest < 1e-290, `${smallest}`);
});

Deno.test("SciPy gives the same, as far as it has digits", () => {
  for (const { scipy_tail, scipy_fisher, ...draws } of golden.cases) {
    if (scipy_tail > 1e-250) {
      const error = hypergeometricTail(draws) / scipy_tail - 1;
      assert.ok(Math.abs(error) < 1e-9, JSON.stringify(draws));
    }
    if (scipy_fisher > 1e-250) {
      const error = fisherExact(draws) / scipy_fisher - 1;
      assert.ok(Math.abs(error) < 1e-9, JSON.stringify(draws));
    }
  }
});

Deno.test("a tail that no double holds is the smallest double, not 0", () => {
  const draws = { N: 60_000, K: 900, n: 900, k: 890 };
  assert.equal(hypergeometricTail(draws), Number.MIN_VALUE);
  assert.equal(fisherExact(draws), Number.MIN_VALUE);
});

Deno.test("tails fall with k, from 1 to 0", () => {
  const draws = { N: 500, K: 60, n: 100 };
  const tails = Array.from(
    { length: 62 },
    (_, k) => hypergeometricTail({ ...draws, k }),
  );
  assert.equal(tails[0], 1);
  assert.equal(tails[61], 0);
  tails.slice(1).forEach((tail, k) => assert.ok(tail < tails[k], `${k}`));
});

Deno.test("counts that do not go together are refused", () => {
  for (
    const draws of [
      { N: 10, K: 11, n: 1, k: 0 },
      { N: 10, K: 1, n: 11, k: 0 },
      { N: 10, K: 1, n: 1, k: 0.5 },
      { N: 10, K: 1, n: 1, k: -1 },
    ]
  ) {
    assert.throws(() => hypergeometricTail(draws), RangeError);
    assert.throws(() => fisherExact(draws), RangeError);
  }
  assert.throws(() => fisherExact({ N: 10, K: 2, n: 3, k: 3 }), /impossible/);
});
