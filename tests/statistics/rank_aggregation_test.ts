/** Robust rank aggregation against SciPy and against its own promise. */

import assert from "node:assert/strict";
import { openStream } from "../../lib/random.ts";
import {
  correctRho,
  normalizedRanks,
  rhoScore,
} from "../../lib/statistics/rank_aggregation.ts";
import golden from "../fixtures/statistics/rank_aggregation.json" with {
  type: "json",
};

/** Relative: a p of 1e-90 has all its digits, too. */
const TOLERANCE = 1e-9;

function assertNear(found: number, expected: number, name: string): void {
  assert.ok(
    Math.abs(found - expected) <= TOLERANCE * Math.abs(expected),
    `${name}: ${found}, not ${expected}`,
  );
}

for (const { name, ranks, rho, p } of golden.vectors) {
  Deno.test(`rho and p equal those of the R package's definition: ${name}`, () => {
    const found = rhoScore(Float64Array.from(ranks));
    assertNear(found, rho, "rho");
    assertNear(correctRho(found, ranks.length), p, "p");
  });
}

Deno.test("lists with ties and with items that are not ranked", () => {
  for (const { scores, rho, p } of golden.lists) {
    const ranks = scores.map((row) =>
      normalizedRanks(row.map((score) => score ?? NaN))
    );
    rho.forEach((expected, item) => {
      const found = rhoScore(Float64Array.from(ranks, (own) => own[item]));
      assertNear(found, expected, `item ${item}`);
      assertNear(correctRho(found, ranks.length), p[item], `p ${item}`);
    });
  }
});

Deno.test("of independent random ranks no more than the level are below it", () => {
  const stream = openStream(18, "ranks");
  const draws = 20_000;
  let below = 0;
  for (let draw = 0; draw < draws; draw++) {
    const ranks = Float64Array.from({ length: 5 }, () => stream.uniform());
    if (correctRho(rhoScore(ranks), 5) <= 0.05) below++;
  }
  // Bonferroni's bound is not reached: the order statistics are correlated.
  assert.ok(below / draws < 0.05 + 4 * Math.sqrt(0.05 * 0.95 / draws));
  assert.ok(below / draws > 0.02, `${below / draws}`);
});

Deno.test("no list has an item: nothing is shown", () => {
  assert.equal(rhoScore(new Float64Array(0)), 1);
  assert.equal(rhoScore(new Float64Array([1, 1])), 1);
  assert.deepEqual([...normalizedRanks([NaN, NaN])], [1, 1]);
});
