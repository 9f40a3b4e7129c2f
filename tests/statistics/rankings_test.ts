/** Tests, adjusted p-values, average precision and intervals by SciPy. */

import assert from "node:assert/strict";
import { RandomStream } from "../../lib/random.ts";
import { benjaminiHochberg } from "../../lib/statistics/adjust_p.ts";
import { averagePrecision } from "../../lib/statistics/average_precision.ts";
import {
  binomialCdf,
  clopperPearson,
  exactMcNemar,
} from "../../lib/statistics/binomial.ts";
import { drawResamples, meanInterval } from "../../lib/statistics/bootstrap.ts";
import { mean } from "../../lib/statistics/describe.ts";
import { studentTUpperTail } from "../../lib/statistics/student_t.ts";
import { welchT } from "../../lib/statistics/welch_t.ts";
import golden from "../fixtures/statistics/rankings.json" with {
  type: "json",
};

/** Sums of a few hundred terms: far more than roundings, far less than a digit. */
const TOLERANCE = 1e-10;

function close(value: number, wanted: number, what: string): void {
  assert.ok(
    Math.abs(value - wanted) <= TOLERANCE * Math.abs(wanted),
    `${what}: ${value}, not ${wanted}`,
  );
}

function momentsOf(values: readonly number[]) {
  const center = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return { count: values.length, mean: center, squares };
}

Deno.test("Welch's t, its degrees of freedom and its p are SciPy's", () => {
  for (const { a, b, t, df, p } of golden.welch) {
    const found = welchT(momentsOf(a), momentsOf(b))!;
    close(found.t, t, "t");
    close(found.df, df, "df");
    close(studentTUpperTail(found.t, found.df).p, p, "p");
  }
});

Deno.test("Welch's t of groups that do not vary", () => {
  const flat = (count: number, mean: number) => ({ count, mean, squares: 0 });
  assert.equal(welchT(flat(3, 1), flat(4, 1)), null);
  assert.equal(welchT(flat(3, 2), flat(4, 1))!.t, Infinity);
  assert.equal(welchT(flat(3, 0), flat(4, 1))!.t, -Infinity);
  assert.equal(welchT(flat(1, 2), flat(4, 1)), null);
});

Deno.test("adjusted p-values are SciPy's; tests not made do not count", () => {
  for (const { p, adjusted } of golden.adjusted) {
    const found = benjaminiHochberg(p);
    adjusted.forEach((wanted, index) => close(found[index], wanted, "p"));
    const gap = benjaminiHochberg([NaN, ...p]);
    assert.ok(Number.isNaN(gap[0]));
    assert.deepEqual(gap.slice(1), found);
  }
  assert.equal(benjaminiHochberg([]).length, 0);
  assert.throws(() => benjaminiHochberg([0.5, 1.5]), /value 1 is 1.5/);
});

Deno.test("average precision is scikit-learn's, also of shorter lists", () => {
  for (const { ranks, wanted, items, ...one } of golden.average_precision) {
    close(
      averagePrecision(ranks, wanted, items),
      one.average_precision,
      "average precision",
    );
  }
  assert.throws(() => averagePrecision([1, 2], 1, 5), RangeError);
  assert.throws(() => averagePrecision([6], 1, 5), RangeError);
});

Deno.test("Clopper and Pearson's interval and McNemar's p are SciPy's", () => {
  for (const { successes, trials, low, high } of golden.intervals) {
    const found = clopperPearson(successes, trials);
    close(found.low, low, "low");
    close(found.high, high, "high");
  }
  for (const { only_first, only_second, p } of golden.mcnemar) {
    close(exactMcNemar(only_first, only_second), p, "p");
    assert.equal(
      exactMcNemar(only_second, only_first),
      exactMcNemar(
        only_first,
        only_second,
      ),
    );
  }
  assert.equal(binomialCdf(0, 5, 0), 1);
  assert.equal(binomialCdf(4, 5, 1), 0);
  assert.throws(() => binomialCdf(6, 5, 0.5), RangeError);
  assert.throws(() => clopperPearson(0, 0), RangeError);
});

Deno.test("the bootstrap's interval has the width of the normal one", () => {
  const values = Array.from({ length: 100 }, (_, index) => index % 10);
  const found = meanInterval(
    values,
    drawResamples(100, 2000, new RandomStream(1)),
  )!;
  // The sd of 0 to 9 is 2.87: the mean is 4.5 +- 1.96 x 0.287. A simulated
  // quantile of 2,000 has a standard error of about 0.017.
  assert.ok(Math.abs(found.low - 3.937) < 0.08, `${found.low}`);
  assert.ok(Math.abs(found.high - 5.063) < 0.08, `${found.high}`);
  assert.equal(meanInterval([3], [[0]]), null);
});
