import assert from "node:assert/strict";
import { formatP, SIGNIFICANCE_LEVEL } from "../../lib/statistics/format_p.ts";

Deno.test("p has three significant digits and its relation", () => {
  assert.equal(formatP(0.0495049), "= 0.0495");
  assert.equal(formatP(0.05), "= 0.0500");
  assert.equal(formatP(0.5), "= 0.500");
  assert.equal(formatP(0.000123456), "= 0.000123");
  assert.equal(formatP(3.123e-7, -6.505), "= 3.12e-7");
  assert.equal(formatP(1e-299), "= 1.00e-299");
});

Deno.test("a significant p never looks like one that is not", () => {
  assert.equal(formatP(0.04999), "= 0.04999");
  assert.equal(formatP(0.0499999), "= 0.0499999");
  for (let exponent = 2; exponent <= 52; exponent++) {
    const p = SIGNIFICANCE_LEVEL * (1 - 2 ** -exponent);
    assert.ok(Number(formatP(p).slice(2)) < SIGNIFICANCE_LEVEL, `${p}`);
  }
});

Deno.test("p is never 0 and never 1", () => {
  assert.equal(formatP(0), "< 1e-300");
  assert.equal(formatP(1e-310), "< 1e-300");
  assert.equal(formatP(Number.MIN_VALUE, -312.4), "< 1e-312");
  assert.equal(formatP(Number.MIN_VALUE, -4711.9), "< 1e-4711");
  assert.equal(formatP(0.98), "= 0.980");
  assert.equal(formatP(0.991), "> 0.99");
  assert.equal(formatP(1), "> 0.99");
});

Deno.test("where there is no p, it is not defined", () => {
  for (const none of [null, undefined, NaN]) {
    assert.equal(formatP(none), "is not defined");
  }
});
