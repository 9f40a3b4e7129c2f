/** Groups that are drawn to test with. */

import assert from "node:assert/strict";
import { RandomStream } from "../../lib/random.ts";
import { drawTestGroups } from "../../lib/splits/draw_groups.ts";

/** Draws from groups of samples, given by their tissues. */
function draw(groups: readonly string[], seed: number, fraction = 0.2) {
  const tissues = groups.flatMap((own) => [...own]);
  let next = 0;
  const units = groups.map((own) => [...own].map(() => next++));
  const drawn = new Set(
    drawTestGroups(tissues, units, fraction, new RandomStream(seed)),
  );
  return units.flatMap((rows, index) => drawn.has(rows[0]) ? [index] : []);
}

Deno.test("every group is drawn in some split, and about the share in each", () => {
  const groups = Array.from({ length: 10 }, () => "aabb");
  const seen = new Set<number>();
  for (let seed = 0; seed < 60; seed++) {
    const drawn = draw(groups, seed);
    assert.equal(drawn.length, 2);
    drawn.forEach((group) => seen.add(group));
  }
  assert.equal(seen.size, 10);
});

Deno.test("a tissue's only group trains, a tissue of two is on both sides", () => {
  const groups = ["aaab", "aaab", "cc", "aabb", "bb", "ddd", "ddd"];
  for (let seed = 0; seed < 40; seed++) {
    const drawn = draw(groups, seed);
    assert.ok(!drawn.includes(2), "the only group of c");
    assert.equal(drawn.filter((group) => group >= 5).length, 1, "d");
    const tissues = new Set(drawn.flatMap((group) => [...groups[group]]));
    assert.deepEqual([...tissues].sort(), ["a", "b", "d"]);
  }
});

Deno.test("groups that cannot be spared are never drawn", () => {
  for (let seed = 0; seed < 10; seed++) {
    assert.deepEqual(draw(["ab", "ab"], seed).length, 1);
    assert.deepEqual(draw(["abc"], seed), []);
  }
});
