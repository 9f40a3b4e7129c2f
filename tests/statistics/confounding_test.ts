/** Stability of selections, Cramér's V and eta squared, by golden values. */

import assert from "node:assert/strict";
import { correctedCramersV, cramersV } from "../../lib/statistics/cramers_v.ts";
import { fUpperTail } from "../../lib/statistics/f_tail.ts";
import {
  meanSelectionStability,
  selectionStability,
} from "../../lib/statistics/selection_stability.ts";
import {
  adjustedEta,
  otherSecond,
  secondFactorF,
  twoWayEta,
} from "../../lib/statistics/two_way_eta.ts";
import golden from "../fixtures/statistics/confounding.json" with {
  type: "json",
};

/** Both sides sum a few hundred numbers of about 1 in double precision. */
const TOLERANCE = 1e-10;

function assertNear(found: number, expected: number): void {
  assert.ok(
    Math.abs(found - expected) <= TOLERANCE,
    `${found} instead of ${expected}`,
  );
}

/**
 * A p-value keeps its leading digits however small it is; the sums of squares
 * behind it, of float32 values, agree to 1e-10.
 */
function assertSameDigits(found: number, expected: number): void {
  assert.ok(
    Math.abs(found - expected) <= 1e-8 * expected,
    `${found} instead of ${expected}`,
  );
}

for (const { name, items, selections, ...expected } of golden.stability) {
  Deno.test(`the stability of selections is that of the paper: ${name}`, () => {
    const { index, interval } = selectionStability(selections, items);
    assertNear(index!, expected.index);
    assertNear(interval![0], expected.low);
    assertNear(interval![1], expected.high);
  });
}

for (const { name, items, together, ...expected } of golden.mean_stability) {
  Deno.test(`the mean stability of selections repeated together: ${name}`, () => {
    const { index, interval } = meanSelectionStability(together, items);
    assertNear(index!, expected.index);
    assertNear(interval![0], expected.low);
    assertNear(interval![1], expected.high);
  });
}

Deno.test("the mean stability of one selection, of equal ones and of none", () => {
  const [{ selections, items }] = golden.stability.slice(2);
  const single = selectionStability(selections, items);
  assert.deepEqual(meanSelectionStability([selections], items), single);
  // What varies together does not average out.
  const twice = meanSelectionStability([selections, selections], items);
  assertNear(twice.interval![0], single.interval![0]);
  assertNear(twice.interval![1], single.interval![1]);
  // One without an index is left out.
  const empty = selections.map(() => []);
  assert.deepEqual(meanSelectionStability([empty, selections], items), single);
  const none = { index: null, interval: null };
  assert.deepEqual(meanSelectionStability([empty], items), none);
  assert.deepEqual(meanSelectionStability([], items), none);
  assert.throws(
    () => meanSelectionStability([selections, selections.slice(1)], items),
    /number of repeats/,
  );
});

Deno.test("a worked case: of four items two, twice one in common", () => {
  // p = 1, 1/2, 1/2, 0; k = 2; the mean variance is 2 (1/4 + 1/4) / 4 = 1/4,
  // as large as 1/2 (1 - 1/2): no better than chance.
  assert.equal(selectionStability([[0, 1], [0, 2]], 4).index, 0);
});

Deno.test("where everything or nothing is always selected, there is no index", () => {
  assert.deepEqual(selectionStability([[0, 1], [0, 1]], 2), {
    index: null,
    interval: null,
  });
  assert.equal(selectionStability([[], []], 5).index, null);
});

Deno.test("selections that cannot be compared are refused", () => {
  assert.throws(() => selectionStability([[0]], 3), /at least 2/);
  assert.throws(() => selectionStability([[0], [3]], 3), /\[0, 3\)/);
  assert.throws(() => selectionStability([[0], [1, 1]], 3), /twice/);
});

for (const { name, a, b, v, corrected } of golden.cramers_v) {
  Deno.test(`Cramér's V without its bias is Bergsma's: ${name}`, () => {
    assertNear(correctedCramersV(a, b)!, corrected);
    assertNear(correctedCramersV(b, a)!, corrected);
  });

  Deno.test(`Cramér's V equals SciPy's: ${name}`, () => {
    assertNear(cramersV(a, b)!, v);
    assertNear(cramersV(b, a)!, v);
  });
}

Deno.test("a single category has no Cramér's V", () => {
  assert.equal(cramersV([1, 1, 1], [1, 2, 3]), null);
  assert.equal(cramersV([], []), null);
  assert.throws(() => cramersV([1], []), RangeError);
  assert.equal(correctedCramersV([1, 1, 1], [1, 2, 3]), null);
  assert.throws(() => correctedCramersV([1], []), RangeError);
});

Deno.test("Cramér's V is not corrected where each item is a category", () => {
  assert.equal(cramersV([1, 2, 3], [1, 2, 3]), 1);
  assert.equal(correctedCramersV([1, 2, 3], [1, 2, 3]), null);
});

for (
  const { name, values, first, second, shares, ...expected } of golden
    .two_way_eta
) {
  Deno.test(`eta squared of two factors equals statsmodels': ${name}`, () => {
    const found = twoWayEta(Float32Array.from(values), first, second);
    shares.forEach(([byFirst, bySecond, both], gene) => {
      assertNear(found.first[gene], byFirst);
      assertNear(found.second[gene], bySecond);
      assertNear(found.both[gene], both);
    });
    const { degrees } = found;
    assert.deepEqual(
      [degrees.first, degrees.second, degrees.rest],
      expected.degrees,
    );
    const adjusted = adjustedEta(found);
    expected.adjusted.forEach(([byFirst, bySecond], gene) => {
      assertNear(adjusted.first[gene], byFirst);
      assertNear(adjusted.second[gene], bySecond);
    });
    const f = secondFactorF(found);
    expected.p_second.forEach((value, gene) =>
      assertSameDigits(
        fUpperTail(
          f[gene] * degrees.second,
          degrees.second,
          degrees.rest,
          degrees.rest,
        ),
        value,
      )
    );
    // The same levels once more, and others.
    const again = otherSecond(Float32Array.from(values), first, second, found);
    assert.deepEqual(again.degrees, degrees);
    secondFactorF(again).forEach((each, gene) => assertNear(each, f[gene]));
    const turned = second.toReversed();
    const wanted = twoWayEta(Float32Array.from(values), first, turned);
    const other = otherSecond(Float32Array.from(values), first, turned, found);
    assert.deepEqual(other.degrees.second, wanted.degrees.second);
    other.both.forEach((each, gene) => assertNear(each, wanted.both[gene]));
  });
}

Deno.test("the tail of the F distribution is SciPy's", () => {
  for (const [own, ownDf, rest, restDf, p] of golden.f_tails) {
    assertSameDigits(fUpperTail(own, ownDf, rest, restDf), p);
  }
  assert.equal(fUpperTail(1, 2, 0, 3), 0);
  assert.ok(Number.isNaN(fUpperTail(NaN, 2, 1, 3)));
});

Deno.test("factors that are one and the same explain nothing apart", () => {
  const levels = [0, 0, 1, 1, 2, 2];
  const { first, second, both, degrees } = twoWayEta(
    [1, 2, 5, 6, 9, 10],
    levels,
    levels.map((level) => 2 - level),
  );
  assertNear(first[0], 0);
  assertNear(second[0], 0);
  assertNear(both[0], 1 - 1.5 / 65.5);
  assert.deepEqual(degrees, { first: 0, second: 0, rest: 3 });
  assert.ok(Number.isNaN(secondFactorF({ second, both, degrees })[0]));
});

Deno.test("a constant feature has no eta squared", () => {
  const { first } = twoWayEta([0.1, 1, 0.1, 2, 0.1, 3], [0, 1, 1], [0, 0, 1]);
  assert.ok(Number.isNaN(first[0]));
  assert.ok(Number.isFinite(first[1]));
});

Deno.test("shapes that do not fit are refused", () => {
  assert.throws(() => twoWayEta([1, 2, 3], [0, 1], [0, 1]), RangeError);
  assert.throws(() => twoWayEta([1, 2], [0, 1], [0]), RangeError);
});
