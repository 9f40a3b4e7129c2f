/** What workers fit and rank is what one thread does, to the last bit. */

import assert from "node:assert/strict";
import { undoTransform } from "../../lib/prepare/undo_transform.ts";
import { deriveSeed } from "../../lib/random.ts";
import { furtherRankings, rankingMethods } from "../../lib/rankings/methods.ts";
import { RankingWorkers } from "../../lib/rankings/ranking_workers.ts";
import {
  addMethodCounts,
  makeShuffleCounter,
} from "../../lib/rankings/shuffles/null_counts.ts";
import { repeatRankings } from "../../lib/rankings/stability/repeat_rankings.ts";
import { fitTrees } from "../../lib/rankings/trees/fit.ts";
import { meanRanking } from "./fixture_ranking.ts";
import { noisy } from "./stability/made_samples.ts";

const transform = { transform: "log2", pseudocount: 1, shift: 0 } as const;
const quick = [
  ...rankingMethods,
  ...furtherRankings.filter(({ name }) => name === "tau"),
];

/** The same in each call, but nothing that was computed of another. */
function inputOf() {
  return {
    ...noisy({ a: 12, b: 9, c: 8 }),
    toLinear: undoTransform(transform),
    trees: {
      fits: 5,
      rounds: 2,
      seedOf: (name: string) => deriveSeed(1, name),
    },
  };
}

for (const threads of [1, 3]) {
  Deno.test(`trees and halves are those of one thread: ${threads}`, async () => {
    const input = inputOf();
    await using workers = new RankingWorkers(input, quick, transform, threads);
    let fits = 0;
    await workers.fitTrees(() => fits++);
    assert.equal(fits, 5);
    assert.deepEqual(fitTrees(input), fitTrees(inputOf()));
    const halves = [0, 1, 2, 3].map((half) =>
      input.rows.filter((_, index) => index % 4 !== half)
    );
    let ranked = 0;
    const found = await workers.rankHalves(quick, halves, 5, () => ranked++);
    assert.equal(ranked, 4);
    assert.deepEqual(
      found,
      repeatRankings(quick, inputOf(), halves, 5, () => {}),
    );
  });
}

for (const threads of [1, 3]) {
  Deno.test(`shuffles are counted as in one thread: ${threads}`, async () => {
    const tested = [...rankingMethods, ...furtherRankings]
      .filter(({ hasP }) => hasP);
    for (const name of ["welch_t", "limma", "anova_f", "kruskal_wallis"]) {
      assert.ok(tested.some((method) => method.name === name), name);
    }
    const input = inputOf();
    await using workers = new RankingWorkers(input, [], transform, threads);
    let shuffles = 0;
    const found = await workers.countShuffles(
      tested,
      [7, 8, 9],
      0.1,
      () => shuffles++,
    );
    assert.equal(shuffles, 3);
    const count = makeShuffleCounter(tested, inputOf(), 0.1);
    assert.deepEqual(found, [7, 8, 9].map(count).reduce(addMethodCounts));
    // Other seeds give other counts.
    assert.notDeepEqual(found, [7, 8, 10].map(count).reduce(addMethodCounts));
    const own = [{ ...meanRanking, hasP: true }];
    assert.deepEqual(
      await workers.countShuffles(own, [7, 8], 0, () => {}),
      [7, 8].map(makeShuffleCounter(own, inputOf(), 0)).reduce(addMethodCounts),
    );
  });
}

Deno.test("a method that workers do not know is used, too", async () => {
  const input = inputOf();
  await using workers = new RankingWorkers(
    input,
    [meanRanking],
    transform,
    2,
  );
  const halves = [input.rows.slice(3), input.rows.slice(0, -3)];
  assert.deepEqual(
    await workers.rankHalves([meanRanking], halves, 5, () => {}),
    repeatRankings([meanRanking], inputOf(), halves, 5, () => {}),
  );
});
