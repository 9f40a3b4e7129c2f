/** Who is right more often: by samples, and by groups. */

import assert from "node:assert/strict";
import { RandomStream } from "../../lib/random.ts";
import { holm } from "../../lib/statistics/adjust_p.ts";
import { exactMcNemar } from "../../lib/statistics/binomial.ts";
import {
  isShown,
  leastGroupP,
  testPairs,
} from "../../lib/statistics/paired_test.ts";
import { signFlipP, signFlipTail } from "../../lib/statistics/sign_flips.ts";
import { countUnits, unitsOf } from "../../lib/statistics/units.ts";
import golden from "../fixtures/statistics/classifier_tests.json" with {
  type: "json",
};

function close(found: number, wanted: number, tolerance = 1e-12): void {
  assert.ok(Math.abs(found - wanted) <= tolerance, `${found}, not ${wanted}`);
}

/** All signs, one way after the other. */
function bruteForce(differences: readonly number[]): number {
  const sum = Math.abs(differences.reduce((sum, each) => sum + each, 0));
  let reached = 0;
  for (let way = 0; way < 2 ** differences.length; way++) {
    const flipped = differences.reduce(
      (sum, each, at) => sum + ((way >> at) & 1 ? each : -each),
      0,
    );
    if (Math.abs(flipped) >= sum) reached++;
  }
  return reached / 2 ** differences.length;
}

Deno.test("the p of random signs is SciPy's, and that of all signs", () => {
  for (const { differences, p } of golden.flips) {
    close(signFlipP(differences), p);
    close(bruteForce(differences), p);
  }
  const stream = new RandomStream(3);
  for (let trial = 0; trial < 30; trial++) {
    const differences = Array.from(
      { length: 1 + stream.integer(12) },
      () => stream.integer(9) - 4,
    );
    close(signFlipP(differences), bruteForce(differences));
  }
  assert.equal(signFlipP([]), 1);
  assert.throws(() => signFlipP([0.5]), RangeError);
});

Deno.test("with one sample a group it is McNemar's exact test", () => {
  for (const [b, c] of [[0, 0], [1, 0], [5, 5], [2, 9], [40, 71], [300, 200]]) {
    const ones = [...Array(b).fill(1), ...Array(c).fill(-1), 0, 0];
    close(signFlipP(ones), exactMcNemar(b, c));
  }
  assert.equal(signFlipTail([1, 1, 1]).join(), "1,1,0.25,0.25");
  // Many more than a double's exponent has halves: no p is lost at the middle.
  close(signFlipP(Array.from({ length: 3000 }, (_, at) => at % 2 * 2 - 1)), 1);
});

Deno.test("p is at least that of as many groups as differ", () => {
  assert.equal(signFlipP([4, 1, 0, 2, 7, 0]), 2 ** (1 - 4));
  assert.equal(signFlipP([-9]), 1);
  assert.equal(leastGroupP(6), 0.03125);
  assert.equal(leastGroupP(1, 4), 1);
});

Deno.test("classifiers are compared by samples and by groups", () => {
  for (const { truth, first, second, groups, ...wanted } of golden.cases) {
    const right = (of: readonly number[]) =>
      of.map((label, at) => label === truth[at]);
    const [test, same] = testPairs(
      right(first),
      [right(second), right(first)],
      groups.map(String),
    );
    assert.deepEqual([test.onlyFirst, test.onlySecond], [
      wanted.only_first,
      wanted.only_second,
    ]);
    close(test.p, wanted.p, 1e-9);
    close(test.byGroups!.p, wanted.group_p);
    assert.equal(test.byGroups!.groups, new Set(groups).size);
    assert.equal(same.p, 1);
    assert.equal(same.byGroups!.p, 1);
    assert.deepEqual(
      [test.adjustedP, same.adjustedP],
      [...holm([test.p, 1])],
    );
    assert.deepEqual(
      [test.byGroups!.adjustedP, same.byGroups!.adjustedP],
      [...holm([test.byGroups!.p, 1])],
    );
    assert.equal(
      test.byGroups!.leastAdjustedP,
      2 * 2 ** (1 - new Set(groups).size),
    );
  }
});

Deno.test("without groups of several samples there is no test by groups", () => {
  const right = [true, false, true];
  for (const groups of [undefined, ["", "", ""], ["a", "", "b"]]) {
    assert.equal(testPairs(right, [right], groups)[0].byGroups, null);
  }
  const units = unitsOf(["", "b", "a", "b", ""]);
  assert.deepEqual([...units], [0, 1, 2, 1, 3]);
  assert.deepEqual([countUnits(units), countUnits([])], [4, 0]);
  assert.throws(() => testPairs(right, [[true]]), RangeError);
  assert.throws(() => testPairs(right, [right], ["a"]), RangeError);
});

Deno.test("a difference takes both tests, unless groups are too few", () => {
  const shown = (
    adjustedP: number,
    groups: readonly [p: number, least: number] | null,
  ) =>
    isShown({
      adjustedP,
      byGroups: groups &&
        { adjustedP: groups[0], leastAdjustedP: groups[1] },
    });
  assert.ok(shown(0.04, null));
  assert.ok(!shown(0.05, null));
  assert.ok(shown(0.04, [0.04, 0.01]));
  assert.ok(!shown(0.04, [0.05, 0.01]));
  assert.ok(!shown(0.06, [0.01, 0.01]));
  assert.ok(shown(0.04, [0.125, 0.125]));
  assert.ok(!shown(0.06, [0.125, 0.125]));
});
