import assert from "node:assert/strict";
import {
  countHits,
  formatTests,
  formatVerdict,
} from "../../lib/null_test/terminal_lines.ts";
import type { SpaceTest } from "../../lib/null_test/outputs.ts";
import { formatTail, testAgainstNull } from "../../lib/null_test/t_test.ts";

/** The verdict on a score against a null, both of sets of 12 genes. */
function verdictOn(nullValues: readonly number[], score: number): string {
  return formatVerdict(testOf("umap", testAgainstNull(nullValues, score)), 12);
}

/** A test in one space as the stage records it. */
function testOf(
  space: string,
  test: ReturnType<typeof testAgainstNull>,
): SpaceTest {
  return {
    gene_set: "shap",
    null_model: "matched",
    space,
    measure: "ami",
    sets: test.df + 1,
    layouts: 1,
    repeats: 1,
    genes: 12,
    ...test,
    difference: test.statistic - test.null_mean,
    sets_counted: test.df + 1,
    spaces: 1,
    p_adjusted: test.p_empirical,
    p_adjusted_low: test.p_empirical,
    p_adjusted_high: test.p_empirical,
    critical_value: 0.7,
    monte_carlo_se: null,
    null_monte_carlo_se: null,
    within_set_sd: null,
    within_set_p_t: null,
    log10_within_set_p_t: null,
    mean_gene_overlap: 0,
  };
}

Deno.test("a null small enough to count by hand", () => {
  const test = testAgainstNull([1, 2, 3], 3);
  assert.equal(test.null_mean, 2);
  assert.equal(test.null_sd, 1);
  assert.equal(test.z, 1);
  assert.equal(test.df, 2);
  // (3 - 2) / (1 * sqrt(1 + 1/3))
  const t = Math.sqrt(3) / 2;
  assert.ok(Math.abs(test.t! - t) < 1e-15);
  // With two degrees of freedom the tail is (1 - t / sqrt(2 + t²)) / 2.
  const p = (1 - t / Math.sqrt(2 + t * t)) / 2;
  assert.ok(Math.abs(test.p_t! - p) < 1e-15);
  // One of three is as high, and the score itself is counted in.
  assert.equal(test.n_as_extreme, 1);
  assert.equal(test.p_empirical, 2 / 4);
});

Deno.test("a null value that is equal but for a rounding is as high", () => {
  const [below, sum] = [0.3, 0.1 + 0.2];
  assert.ok(below < sum);
  assert.equal(testAgainstNull([below, 0.1], sum).n_as_extreme, 1);
  assert.equal(testAgainstNull([0.3 - 1e-9, 0.1], 0.3).n_as_extreme, 0);
});

Deno.test("the test is one-tailed: a low score is no finding", () => {
  const low = testAgainstNull([1, 2, 3], 0);
  assert.ok(low.p_t! > 0.5 && low.t! < 0);
  assert.equal(low.p_empirical, 1);
  const high = testAgainstNull([1, 2, 3], 4);
  assert.ok(Math.abs(low.p_t! + high.p_t! - 1) < 1e-15);
});

Deno.test("no p is ever 0", () => {
  const nullValues = Array.from({ length: 100 }, (_, i) => i % 2 * 1e-9);
  const test = testAgainstNull(nullValues, 1);
  assert.ok(test.p_t! > 0 && test.log10_p_t! < -700);
  assert.equal(test.p_empirical, 1 / 101);
  const verdict = verdictOn(nullValues, 1);
  assert.match(verdict, /\(p = 0\.00990\), t-test p < 0\.0099\.$/m);
});

Deno.test("a null without spread has no t", () => {
  const test = testAgainstNull([0.1, 0.1, 0.1], 0.1);
  assert.equal(test.t, null);
  assert.equal(test.p_t, null);
  assert.equal(test.z, null);
  assert.equal(test.null_sd, 0);
  assert.equal(test.p_empirical, 1);
  const verdict = verdictOn([0.1, 0.1, 0.1], 0.1);
  assert.match(verdict, /all random sets score the same; 3 of 3 random sets/);
  assert.doesNotMatch(verdict, /t-test/);
});

Deno.test("the test refuses too little and what is not a number", () => {
  assert.throws(() => testAgainstNull([1], 1), /at least 2 values/);
  assert.throws(() => testAgainstNull([], 1), /at least 2 values/);
  assert.throws(() => testAgainstNull([1, NaN], 1), /value 1 is NaN/);
  assert.throws(() => testAgainstNull([1, 2], NaN), /must be finite, not NaN/);
});

Deno.test("p of t is not printed below what the null values can show", () => {
  assert.equal(formatTail(1e-9, 999), "< 0.001");
  assert.equal(formatTail(0.0049, 199), "< 0.005");
  assert.equal(formatTail(0.0051, 199), "= 0.00510");
  assert.equal(formatTail(null, 199), "is not defined");
});

Deno.test("the verdict names the null hypothesis", () => {
  const nullValues = Array.from({ length: 30 }, (_, i) => 0.5 + i / 100);
  const rejected = verdictOn(nullValues, 0.9);
  assert.match(
    rejected,
    /^AMI 0\.900 \(Monte Carlo error unknown\) for shap \(12 genes\), 0\.645 .*: difference 0\.255, z = 2\.90; /,
  );
  assert.match(
    rejected,
    /0 of 30 random sets score at least as high \(p = 0\.0323\)/,
  );
  assert.match(
    rejected,
    /The null hypothesis, that .* no better than random genes do, is rejected at 0\.05\.$/,
  );
  const kept = verdictOn(nullValues, 0.6);
  assert.match(kept, /is not rejected at 0\.05\.$/);
  const few = verdictOn([1, 2], 1e6);
  assert.match(
    few,
    /cannot be rejected with 2 random sets: p cannot be below 0\.333\. --ttest\.sets 20 or more can reject it at 0\.05\.$/,
  );
  // Four of 100 random sets score as high: 5 / 101 is below 0.05.
  const close = Array.from({ length: 100 }, (_, i) => i < 4 ? 0.9 : 0.5);
  const own = testOf("umap", testAgainstNull(close, 0.9));
  assert.match(
    formatVerdict(own, 12),
    /\(p = 0\.0495\).*is rejected at 0\.05\.$/s,
  );
  const joint = { ...own, spaces: 3, p_adjusted: 0.12, p_adjusted_high: 0.2 };
  assert.match(
    formatVerdict(joint, 12),
    /\(p = 0\.0495; adjusted for 3 spaces = 0\.120\).*is not rejected/s,
  );
  const unsure = { ...joint, p_adjusted_low: 0.04 };
  assert.match(
    formatVerdict(unsure, 12),
    /is not rejected at 0\.05, but other random sets could change that\.$/,
  );
});

Deno.test("a count that stopped is told with the sets that it counted", () => {
  const counts = { n_as_extreme: 20, sets: 199, sets_counted: 45 };
  assert.equal(
    countHits(counts),
    "20 of the first 45 random sets score at least as high",
  );
  assert.equal(
    countHits({ n_as_extreme: 1, sets: 199, sets_counted: 199 }),
    "1 of 199 random sets scores at least as high",
  );
});

Deno.test("one sentence has the adjusted p of all tests", () => {
  const nullValues = Array.from({ length: 30 }, (_, i) => 0.5 + i / 100);
  const test = (space: string, statistic: number) =>
    testOf(space, testAgainstNull(nullValues, statistic));
  assert.equal(formatTests([test("umap", 0.9)]), "");
  assert.equal(
    formatTests([test("umap", 0.9), {
      ...test("pca", 0.9),
      null_model: "any",
    }]),
    " P adjusted for the spaces: matched: umap 0.0323; any: pca 0.0323.",
  );
  const undecided = {
    ...test("pca", 0.9),
    statistic: 0.71,
    monte_carlo_se: 0.006,
  };
  assert.equal(
    formatTests([undecided]),
    " Undecided, because of the seeds of embeddings and k-means: shap, matched in pca.",
  );
  assert.equal(
    formatTests([{ ...test("pca", 0.9), p_adjusted_high: 0.09 }]),
    " Undecided, because of the random sets that were drawn: shap, matched in pca (more --ttest.sets decide).",
  );
  const few = testOf("umap", testAgainstNull([1, 1], 2));
  assert.equal(formatTests([few, few]), "");
});

Deno.test("null values that differ by roundings alone have no spread", () => {
  const values = Array.from({ length: 30 }, (_, i) => 1 - (i % 3) * 2 ** -53);
  const { null_sd, t, p_t, n_as_extreme } = testAgainstNull(values, 1);
  assert.deepEqual([null_sd, t, p_t, n_as_extreme], [0, null, null, 30]);
});
