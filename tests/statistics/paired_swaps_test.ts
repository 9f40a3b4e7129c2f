/** Two classifiers on the same samples, compared as in Python. */

import assert from "node:assert/strict";
import { RandomStream } from "../../lib/random.ts";
import { exactMcNemar } from "../../lib/statistics/binomial.ts";
import { classificationScores } from "../../lib/statistics/classification_scores.ts";
import {
  compareMacroF1,
  drawSwaps,
} from "../../lib/statistics/paired_swaps.ts";
import { UnitF1 } from "../../lib/statistics/unit_f1.ts";
import golden from "../fixtures/statistics/classifier_tests.json" with {
  type: "json",
};

/** The same sums in another order. */
const TOLERANCE = 1e-12;
/** Python's derivatives are numerical. */
const NUMERICAL = 1e-7;

function close(found: number, wanted: number, tolerance = TOLERANCE): void {
  assert.ok(Math.abs(found - wanted) <= tolerance, `${found}, not ${wanted}`);
}

const stream = () => new RandomStream(4);

Deno.test("the interval of a difference of macro F1 is Python's", () => {
  for (const { truth, groups, difference, low, high, ...of } of golden.cases) {
    const swaps = drawSwaps(Math.max(...groups) + 1, 2 ** 12, stream());
    const found = compareMacroF1(truth, of, swaps, groups);
    close(found.difference, difference);
    close(found.low, low, NUMERICAL);
    close(found.high, high, NUMERICAL);
  }
});

Deno.test("the interval leaves out 0 where SciPy's p is at most 5 %", () => {
  const left = golden.cases.map(({ truth, groups, f1_p, ...of }) => {
    for (const swaps of [2 ** 12, 100]) {
      const { low, high } = compareMacroF1(
        truth,
        of,
        drawSwaps(Math.max(...groups) + 1, swaps, stream()),
        groups,
      );
      // 100 random swaps tell p = 0.031 from 0.05 only roughly.
      if (swaps === 100 && f1_p > 0.01 && f1_p < 0.1) continue;
      assert.equal(low > 0 || high < 0, f1_p <= 0.05, `${f1_p}`);
    }
    return f1_p <= 0.05;
  });
  assert.deepEqual(new Set(left), new Set([true, false]));
});

Deno.test("McNemar's exact p is statsmodels' and SciPy's", () => {
  for (const { only_first, only_second, p } of golden.cases) {
    close(exactMcNemar(only_first, only_second), p, 1e-9);
  }
});

Deno.test("macro F1 is that of the scores, its error that of derivatives", () => {
  for (const { truth, first, second, classes, groups, error } of golden.cases) {
    const found = new UnitF1(truth, classes, groups).difference(first, second);
    const scoreOf = (of: readonly number[]) =>
      classificationScores(truth, of, classes).macroF1;
    close(found.difference, scoreOf(first) - scoreOf(second));
    close(found.error, error, NUMERICAL);
  }
});

Deno.test("few units are swapped in all ways, many at random beside none", () => {
  const all = drawSwaps(3, 8, stream()).map((swapped) => swapped.join(""));
  assert.equal(new Set(all).size, 8);
  const some = drawSwaps(30, 400, stream());
  assert.equal(some.length, 401);
  assert.ok(some[0].every((swap) => swap === 0));
  const swapped = some.slice(1).flatMap((swap) => [...swap]);
  // Of 12,000 draws, within 5 standard errors of a half.
  close(swapped.filter((swap) => swap === 1).length / 12_000, 0.5, 0.023);
});

Deno.test("equally good classifiers seldom differ, in small classes too", () => {
  // Eight classes of six, right in 75 %; of 300 intervals 15 may leave out 0.
  const stream = new RandomStream(8);
  const truth = Array.from({ length: 48 }, (_, index) => index % 8);
  const guess = () =>
    truth.map((label) =>
      stream.uniform() < 0.75 ? label : (label + 1 + stream.integer(7)) % 8
    );
  let differ = 0;
  for (let trial = 0; trial < 300; trial++) {
    const { low, high } = compareMacroF1(
      truth,
      { first: guess(), second: guess(), classes: 8 },
      drawSwaps(48, 200, stream),
    );
    differ += +(low > 0 || high < 0);
  }
  // 28 is 3.4 standard deviations above 15, 3 as far below.
  assert.ok(differ >= 3 && differ <= 28, `${differ} of 300 leave out 0`);
});

Deno.test("the interval covers the difference of two classifiers", () => {
  // 20 samples of each of three classes; the first is right in 90 %, the second
  // in 75 %, and the wrong ones go to the other classes alike: macro F1 tends
  // to the accuracy, so that the true difference is about 0.15.
  const stream = new RandomStream(8);
  const truth = Array.from({ length: 60 }, (_, index) => index % 3);
  const guess = (right: number) =>
    truth.map((label) =>
      stream.uniform() < right ? label : (label + 1 + stream.integer(2)) % 3
    );
  let covered = 0;
  let width = 0;
  for (let trial = 0; trial < 100; trial++) {
    const { low, high } = compareMacroF1(
      truth,
      { first: guess(0.9), second: guess(0.75), classes: 3 },
      drawSwaps(60, 200, stream),
    );
    covered += +(low <= 0.15 && 0.15 <= high);
    width += (high - low) / 100;
  }
  // 85 is 4.6 standard deviations below 95 of 100. 3.92 standard errors,
  // sqrt((0.3 - 0.15²) / 60), are 0.27.
  assert.ok(covered >= 85, `${covered} of 100 intervals cover it`);
  close(width, 0.27, 0.04);
});

Deno.test("a large difference has an interval of its own standard errors", () => {
  // Right in all of 100 samples, and in 30 of each of two classes of 50: the
  // second has F1 0.6 in both, with a standard error of sqrt(0.24 / 100) or so.
  const truth = Array.from({ length: 100 }, (_, index) => index % 2);
  const second = truth.map((label, at) => at % 10 < 6 ? label : 1 - label);
  const { difference, low, high } = compareMacroF1(
    truth,
    { first: truth, second, classes: 2 },
    drawSwaps(100, 2000, stream()),
  );
  close(difference, 0.4);
  close(high - low, 2 * 1.96 * 0.049, 0.03);
});

Deno.test("units that are all alike do not make the interval a point", () => {
  // Right in all of 8 samples, and in none: the standard error is 0.
  const truth = [0, 0, 0, 0, 1, 1, 1, 1];
  const wrong = truth.map((label) => 1 - label);
  const found = compareMacroF1(
    truth,
    { first: truth, second: wrong, classes: 2 },
    drawSwaps(8, 2 ** 8, stream()),
  );
  // Of 256 ways 18 swap one sample or none, or all but so many: more than 5 %.
  // With one swapped the mean F1 are (6 / 7 + 8 / 9) / 2 and (2 / 9) / 2.
  close(found.difference, 1);
  close(found.low, 1 - ((6 / 7 + 8 / 9) / 2 - (2 / 9) / 2));
  assert.equal(found.high, 1);
  // Six donors, alike in each of which the second takes one tissue for another.
  const tissues = Array.from({ length: 18 }, (_, index) => index % 3);
  const donors = tissues.map((_, index) => Math.floor(index / 3));
  const { low, high, difference } = compareMacroF1(
    tissues,
    {
      first: tissues,
      second: tissues.map((label) => label === 2 ? 1 : label),
      classes: 3,
    },
    drawSwaps(6, 64, stream()),
    donors,
  );
  assert.ok(low > 0 && low < difference - 0.1 && high > difference + 0.1);
});

Deno.test("too few samples leave everything open", () => {
  const { difference, low, high } = compareMacroF1(
    [0, 1, 2],
    { first: [0, 1, 2], second: [1, 2, 0], classes: 3 },
    drawSwaps(3, 8, stream()),
  );
  assert.deepEqual([difference, low, high], [1, -1, 1]);
});

Deno.test("other samples' predictions, and no swap, are refused", () => {
  const of = { first: [0, 1], second: [0], classes: 2 };
  assert.throws(() => compareMacroF1([0, 1], of, [[0, 1]]), RangeError);
  assert.throws(
    () => compareMacroF1([0, 1], { ...of, second: [0, 1] }, []),
    RangeError,
  );
});
