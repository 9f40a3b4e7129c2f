/** Sequential and joint p-values: `tests/fixtures/statistics/min_p.py`. */

import assert from "node:assert/strict";
import { openStream } from "../../lib/random.ts";
import { empiricalP } from "../../lib/statistics/empirical_p.ts";
import { minP } from "../../lib/statistics/min_p.ts";
import { hitsToStop, sequentialP } from "../../lib/statistics/sequential_p.ts";
import golden from "../fixtures/statistics/min_p.json" with { type: "json" };

// Ratios of small whole numbers: 1e-9 is far more than their rounding.
const close = (found: number, wanted: number, what: string) =>
  assert.ok(
    Math.abs(found - wanted) < 1e-9,
    `${what}: ${found}, not ${wanted}`,
  );

Deno.test("minP and its ranks are those of NumPy and SciPy", () => {
  assert.equal(golden.joint.length, 4);
  for (const { values, byChance, p, adjusted } of golden.joint) {
    const found = minP(values, byChance);
    p.forEach((wanted, test) => close(found.p[test], wanted, "p"));
    adjusted.forEach((wanted, test) =>
      close(found.adjusted[test], wanted, "adjusted p")
    );
  }
});

Deno.test("the sequential p and its interval are SciPy's", () => {
  const stops = golden.sequential.map(({ null: byChance, ...wanted }) => {
    const found = sequentialP(byChance, wanted.value, wanted.enough);
    close(found.p, wanted.p, "p");
    assert.equal(found.counted, wanted.counted);
    // SciPy's quantiles of the beta distribution have about 10 digits.
    close(found.low, wanted.low, "low");
    close(found.high, wanted.high, "high");
    return found.stopped;
  });
  assert.deepEqual(stops, [true, true, false, false]);
});

Deno.test("minP of one test is its p, and of several not below it", () => {
  const { uniform } = openStream(1, "min p");
  const draw = () => Array.from({ length: 99 }, uniform);
  const own = draw();
  assert.equal(minP([0.9], [own]).adjusted[0], empiricalP(own, 0.9));
  const { p, adjusted } = minP([0.9, 0.5, 0.99], [own, draw(), draw()]);
  adjusted.forEach((each, test) => assert.ok(each >= p[test]));
  // The same test three times is one test.
  const same = minP([0.9, 0.9, 0.9], [own, own, own]);
  assert.deepEqual(same.adjusted, same.p);
  assert.throws(() => minP([1, 2], [[1], [1, 2]]), /have 1, 2 draws/);
  assert.throws(() => minP([], []), /at least one/);
});

Deno.test("ties and roundings count as as high", () => {
  const [below, sum] = [0.3, 0.1 + 0.2];
  assert.ok(below < sum);
  assert.equal(minP([sum], [[below, 0.1]]).p[0], 2 / 3);
  assert.equal(sequentialP([below, 0.1], sum, 5).hits, 1);
});

Deno.test("what follows a stop does not matter", () => {
  const values = [3, 1, 4, 1, 5];
  assert.deepEqual(
    sequentialP(values, 3, 2),
    sequentialP([...values, 9, 9], 3, 2),
  );
  assert.equal(sequentialP(values, 3, 2).counted, 3);
  assert.throws(() => sequentialP([], 1, 2), /at least 1/);
});

Deno.test("a test stops at p >= 0.1", () => {
  for (const most of [2, 19, 20, 99, 199, 500, 999]) {
    const enough = hitsToStop(most);
    assert.ok(enough > most || enough / most >= 0.1, `${most}`);
  }
});

Deno.test("with nothing to find, neither p is below a level too often", () => {
  // 4,000 studies of three spaces that share half of their variance. The joint
  // p is that of the stage: minP, and where all three stop something above 0.1.
  const { uniform } = openStream(4, "level");
  const studies = 4000;
  const most = 99;
  const levels = [0.02, 0.05, 0.1, 0.3];
  const below = { sequential: [0, 0, 0, 0], joint: [0, 0, 0, 0] };
  for (let study = 0; study < studies; study++) {
    const draws = Array.from({ length: most + 1 }, () => {
      const common = uniform();
      return [0, 1, 2].map(() => common + uniform());
    });
    const own = draws[most];
    const byChance = own.map((_, space) =>
      draws.slice(0, most).map((each) => each[space])
    );
    const counts = own.map((value, space) =>
      sequentialP(byChance[space], value, hitsToStop(most))
    );
    const isStopped = counts.every(({ stopped }) => stopped);
    const joint = isStopped
      ? Math.min(...counts.map(({ p }) => p))
      : Math.min(...minP(own, byChance).adjusted);
    levels.forEach((level, index) => {
      if (counts[0].p <= level) below.sequential[index]++;
      if (joint <= level && level <= 0.1) below.joint[index]++;
    });
  }
  levels.forEach((level, index) => {
    // Four standard errors. The adjusted p is coarse: the best draw of each
    // space has the smallest p, so it is rarely as small as 2 of 100.
    const most = level + 4 * Math.sqrt(level * (1 - level) / studies);
    for (const [name, counts] of Object.entries(below)) {
      const rate = counts[index] / studies;
      if (name === "joint" && level > 0.1) continue;
      const isCoarse = name === "joint" && level < 0.1;
      const least = isCoarse ? level / 10 : level - (most - level);
      assert.ok(rate <= most && rate >= least, `${name} at ${level}: ${rate}`);
    }
  });
});
