import assert from "node:assert/strict";
import { studentTUpperTail } from "../../lib/statistics/student_t.ts";
import golden from "../fixtures/statistics/student_t.json" with {
  type: "json",
};

Deno.test("t tails equal SciPy's to 1e-9 of their size", () => {
  for (const { t, df, p } of golden.cases) {
    const tail = studentTUpperTail(t, df);
    assert.ok(
      Math.abs(tail.p / p - 1) < 1e-9,
      `P(T >= ${t}), df ${df}: ${tail.p}, not ${p}`,
    );
    assert.ok(Math.abs(tail.log10P - Math.log10(p)) < 1e-9);
  }
});

Deno.test("far t tails equal exact sums in integers of 600 digits", () => {
  for (const { t, df, log10P } of golden.logs) {
    const tail = studentTUpperTail(t, df);
    // 1e-9 of p is 4e-10 of its logarithm.
    assert.ok(
      Math.abs(tail.log10P - log10P) < 4e-10,
      `log10 P(T >= ${t}), df ${df}: ${tail.log10P}, not ${log10P}`,
    );
  }
});

Deno.test("a t tail is never 0, and its logarithm stays exact", () => {
  const tail = studentTUpperTail(1e6, 1000);
  assert.equal(tail.p, Number.MIN_VALUE);
  assert.ok(tail.log10P < -4000 && Number.isFinite(tail.log10P));
});

Deno.test("a t near 0 keeps its digits", () => {
  // With one degree of freedom the tail is 1/2 - atan(t) / pi.
  const tail = studentTUpperTail(1e-8, 1);
  assert.ok(Math.abs(tail.p - (0.5 - 1e-8 / Math.PI)) < 1e-15);
});

Deno.test("both t tails sum to 1", () => {
  for (const t of [0, 1e-6, 0.7, 1.7, 4]) {
    const sum = studentTUpperTail(t, 12).p + studentTUpperTail(-t, 12).p;
    assert.ok(Math.abs(sum - 1) < 1e-14);
  }
});

Deno.test("values that are not finite are refused", () => {
  assert.throws(() => studentTUpperTail(NaN, 3), /t must be finite, not NaN/);
  assert.throws(() => studentTUpperTail(Infinity, 3), /must be finite/);
  for (const df of [0, -1, NaN, Infinity]) {
    assert.throws(() => studentTUpperTail(1, df), /df must be greater than 0/);
  }
});
