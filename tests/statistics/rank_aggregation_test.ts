/** Robust rank aggregation against SciPy. */

import assert from "node:assert/strict";
import {
  normalizedRanks,
  rhoScore,
} from "../../lib/statistics/rank_aggregation.ts";
import golden from "../fixtures/statistics/rank_aggregation.json" with {
  type: "json",
};

/** Relative: a rho of 1e-90 has all its digits, too. */
const TOLERANCE = 1e-9;

function assertNear(found: number, expected: number, name: string): void {
  assert.ok(
    Math.abs(found - expected) <= TOLERANCE * Math.abs(expected),
    `${name}: ${found}, not ${expected}`,
  );
}

for (const { name, ranks, rho } of golden.vectors) {
  Deno.test(`rho equals that of the R package's definition: ${name}`, () => {
    const found = rhoScore(Float64Array.from(ranks));
    assertNear(found, rho, "rho");
  });
}

Deno.test("lists with ties and with items that are not ranked", () => {
  for (const { scores, rho } of golden.lists) {
    const ranks = scores.map((row) =>
      normalizedRanks(row.map((score) => score ?? NaN))
    );
    rho.forEach((expected, item) => {
      const found = rhoScore(Float64Array.from(ranks, (own) => own[item]));
      assertNear(found, expected, `item ${item}`);
    });
  }
});

Deno.test("no list has an item: nothing is shown", () => {
  assert.equal(rhoScore(new Float64Array(0)), 1);
  assert.equal(rhoScore(new Float64Array([1, 1])), 1);
  assert.deepEqual([...normalizedRanks([NaN, NaN])], [1, 1]);
});
