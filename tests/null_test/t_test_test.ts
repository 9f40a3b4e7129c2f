import assert from "node:assert/strict";
import { testAgainstNull } from "../../lib/null_test/t_test.ts";
import { formatTests, formatVerdict } from "../../lib/null_test/verdict.ts";

Deno.test("a null small enough to count by hand", () => {
  const test = testAgainstNull([1, 2, 3], 3);
  assert.equal(test.nullMean, 2);
  assert.equal(test.nullSd, 1);
  assert.equal(test.z, 1);
  assert.equal(test.df, 2);
  // (3 - 2) / (1 * sqrt(1 + 1/3))
  const t = Math.sqrt(3) / 2;
  assert.ok(Math.abs(test.t! - t) < 1e-15);
  // With two degrees of freedom the tail is (1 - t / sqrt(2 + t²)) / 2.
  const p = (1 - t / Math.sqrt(2 + t * t)) / 2;
  assert.ok(Math.abs(test.pT! - p) < 1e-15);
  // One of three is as high, and the score itself is counted in.
  assert.equal(test.asHigh, 1);
  assert.equal(test.pEmpirical, 2 / 4);
});

Deno.test("a null value that is equal but for a rounding is as high", () => {
  const [below, sum] = [0.3, 0.1 + 0.2];
  assert.ok(below < sum);
  assert.equal(testAgainstNull([below, 0.1], sum).asHigh, 1);
  assert.equal(testAgainstNull([0.3 - 1e-9, 0.1], 0.3).asHigh, 0);
});

Deno.test("the test is one-tailed: a low score is no finding", () => {
  const low = testAgainstNull([1, 2, 3], 0);
  assert.ok(low.pT! > 0.5 && low.t! < 0);
  assert.equal(low.pEmpirical, 1);
  const high = testAgainstNull([1, 2, 3], 4);
  assert.ok(Math.abs(low.pT! + high.pT! - 1) < 1e-15);
});

Deno.test("no p is ever 0", () => {
  const nullValues = Array.from({ length: 100 }, (_, i) => i % 2 * 1e-9);
  const test = testAgainstNull(nullValues, 1);
  assert.ok(test.pT! > 0 && test.log10PT! < -700);
  assert.equal(test.pEmpirical, 1 / 101);
  assert.match(formatVerdict(test, 5, 5), /one-tailed p < 1e-\d+;/);
  assert.doesNotMatch(formatVerdict(test, 5, 5), /p = 0(?![.\d])/);
});

Deno.test("a null without spread has no t", () => {
  const test = testAgainstNull([0.1, 0.1, 0.1], 0.1);
  assert.equal(test.t, null);
  assert.equal(test.pT, null);
  assert.equal(test.z, null);
  assert.equal(test.nullSd, 0);
  assert.equal(test.pEmpirical, 1);
  assert.match(formatVerdict(test, 5, 5), /cannot be tested by t/);
});

Deno.test("the test refuses too little and what is not a number", () => {
  assert.throws(() => testAgainstNull([1], 1), /at least 2 values/);
  assert.throws(() => testAgainstNull([], 1), /at least 2 values/);
  assert.throws(() => testAgainstNull([1, NaN], 1), /value 1 is NaN/);
  assert.throws(() => testAgainstNull([1, 2], NaN), /must be finite, not NaN/);
});

Deno.test("the verdict names the null hypothesis", () => {
  const nullValues = Array.from({ length: 30 }, (_, i) => 0.5 + i / 100);
  const rejected = formatVerdict(testAgainstNull(nullValues, 0.9), 12, 12);
  assert.match(rejected, /^V-measure 0\.900 for the 12 SHAP genes, 0\.645/);
  assert.match(rejected, /0 of 30 random sets score at least as high/);
  assert.match(
    rejected,
    /The null hypothesis, that .* no better than random genes do, is rejected at 0\.05\.$/,
  );
  const kept = formatVerdict(testAgainstNull(nullValues, 0.6), 12, 12);
  assert.match(kept, /is not rejected at 0\.05\.$/);
  const few = formatVerdict(testAgainstNull([1, 2], 1e6), 12, 12);
  assert.match(few, /is rejected at 0\.05, but the empirical p says otherwise/);
  // Four of 100 random sets score as high: 5 / 101 is below 0.05.
  const close = Array.from({ length: 100 }, (_, i) => i < 4 ? 0.9 : 0.5);
  const tied = formatVerdict(testAgainstNull(close, 0.9), 12, 12);
  assert.match(tied, /empirical p = 0\.0495\)/);
});

Deno.test("one sentence says which tests the finding survives", () => {
  const nullValues = Array.from({ length: 30 }, (_, i) => 0.5 + i / 100);
  const test = (space: string, statistic: number) => ({
    null: "matched",
    space,
    test: testAgainstNull(nullValues, statistic),
  });
  assert.equal(formatTests([test("umap", 0.9)]), "");
  assert.match(
    formatTests([test("umap", 0.9), test("pca", 0.6), test("genes", 0.95)]),
    /^ It is rejected in 2 of 3 tests, .* \(not matched in pca\)\.$/,
  );
  assert.match(
    formatTests([test("umap", 0.9), test("pca", 0.9)]),
    /in all of 2 tests, by kind of random sets and space\.$/,
  );
  const flat = testAgainstNull([1, 1], 2);
  const untested = { null: "uniform", space: "umap", test: flat };
  assert.match(formatTests([untested, untested]), /in none of 2 tests/);
});
