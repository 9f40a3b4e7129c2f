/** The level of a test with an interim look, in several spaces together. */

import assert from "node:assert/strict";
import { testSpaces } from "../../lib/null_test/looks.ts";
import { openStream } from "../../lib/random.ts";

const LOOKS = { first: 199, last: 999 };

/** Scores of `sets` sets in three spaces that share half of their variance. */
function drawSets(uniform: () => number, sets: number): number[][] {
  const common = Array.from({ length: sets }, uniform);
  return [0, 1, 2].map(() => common.map((shared) => shared + uniform()));
}

Deno.test("with nothing to find, p is below a level no more often than it says", () => {
  const { uniform } = openStream(5, "looks");
  const studies = 1500;
  // The second smallest p is a little above 0.01.
  const levels = [0.0103, 0.025, 0.05, 0.08];
  const below = { p: [0, 0, 0, 0], adjusted: [0, 0, 0, 0] };
  let wentOn = 0;
  for (let study = 0; study < studies; study++) {
    const values = [0, 1, 2].map(() => 0);
    const common = uniform();
    values.forEach((_, space) => values[space] = common + uniform());
    let nulls = drawSets(uniform, LOOKS.first);
    let tests = testSpaces(values, nulls, LOOKS);
    if (tests.some(({ isOpen }) => isOpen)) {
      wentOn++;
      const more = drawSets(uniform, LOOKS.last - LOOKS.first);
      nulls = nulls.map((own, space) => [...own, ...more[space]]);
      tests = testSpaces(values, nulls, LOOKS);
      assert.ok(tests.every(({ isOpen }) => !isOpen));
    }
    const least = Math.min(...tests.map(({ adjusted }) => adjusted));
    levels.forEach((level, index) => {
      if (tests[0].p <= level) below.p[index]++;
      if (least <= level) below.adjusted[index]++;
    });
  }
  levels.forEach((level, index) => {
    const error = Math.sqrt(level * (1 - level) / studies);
    for (const [name, counts] of Object.entries(below)) {
      const rate = counts[index] / studies;
      assert.ok(rate <= level + 4 * error, `${name} at ${level}: ${rate}`);
      assert.ok(rate >= level / 3, `${name} at ${level}: ${rate}`);
    }
  });
  // Of 3 spaces, each by p and by adjusted p, one or more are not clear.
  assert.ok(wentOn > 0.05 * studies && wentOn < 0.25 * studies, `${wentOn}`);
});

Deno.test("a clear count ends at the first look, whatever the others do", () => {
  const { uniform } = openStream(6, "looks");
  // One space: above all; the other: as high as about 1 in 20.
  const nulls = [0, 1].map(() => Array.from({ length: LOOKS.last }, uniform));
  const early = nulls.map((own) => own.slice(0, LOOKS.first));
  const sorted = early[1].toSorted((a, b) => b - a);
  const values = [2, sorted[8]];
  const first = testSpaces(values, early, LOOKS);
  assert.deepEqual(first.map(({ isOpen }) => isOpen), [false, true]);
  const [clear, open] = testSpaces(values, nulls, LOOKS);
  assert.equal(clear.counted, LOOKS.first);
  assert.equal(clear.p, first[0].p);
  assert.equal(open.counted, LOOKS.last);
  assert.equal(
    open.hits,
    nulls[1].filter((value) => value >= values[1]).length,
  );
  assert.ok(open.low < open.adjusted && open.adjusted < open.high);
});
