import assert from "node:assert/strict";
import { RandomStream } from "../../lib/random.ts";
import { BlockScores } from "../../lib/shap/block_scores.ts";
import { blockStandardError } from "../../lib/statistics/block_error.ts";
import {
  blockCount,
  drawRounds,
  drawStream,
} from "../../lib/shap/draw_rounds.ts";
import { assignBlocks } from "../../lib/shap/draws.ts";
import { standardErrors } from "./made_draws.ts";

Deno.test("every block gets one draw of each run of neighboring parts", () => {
  const draws = 60;
  const blockOf = assignBlocks(new RandomStream(3), draws, 10, "importance");
  for (let start = 0; start < draws; start += 10) {
    assert.deepEqual(
      [...blockOf.subarray(start, start + 10)].sort((a, b) => a - b),
      Array.from({ length: 10 }, (_, block) => block),
    );
  }
  // Which one is random in each run.
  const firsts = blockOf.filter((_, draw) => draw % 10 === 0);
  assert.ok(new Set(firsts).size > 1);
});

Deno.test("uniform draws take turns among the blocks", () => {
  const blockOf = assignBlocks(new RandomStream(3), 6, 3, "uniform");
  assert.deepEqual([...blockOf], [0, 1, 2, 0, 1, 2]);
});

Deno.test("draws are taken in whole blocks", () => {
  assert.deepEqual([1, 9, 10, 500].map(blockCount), [1, 9, 10, 10]);
  assert.deepEqual(
    [1, 9, 10, 11, 200, 201].flatMap((draws) => drawRounds(draws, 50)),
    [1, 9, 10, 20, 200, 210],
  );
});

Deno.test("auto doubles the draws up to the most there may be", () => {
  assert.deepEqual(drawRounds(200, 50), [200]);
  assert.deepEqual(drawRounds(7, 50), [7]);
  assert.deepEqual(drawRounds("auto", 50), [50]);
  assert.deepEqual(drawRounds("auto", 59), [50]);
  assert.deepEqual(drawRounds("auto", 130), [50, 50, 30]);
  assert.deepEqual(
    drawRounds("auto", 3200),
    [50, 50, 100, 200, 400, 800, 1600],
  );
});

Deno.test("no two of a sample's rounds and networks share a stream", () => {
  const names = new Set<string>();
  for (const sample of ["s1", "s2"]) {
    for (const member of [1, 2, 3]) {
      for (const round of [1, 2, 3]) {
        names.add(drawStream(sample, member, round));
      }
    }
  }
  assert.equal(names.size, 18);
});

Deno.test("the standard error by hand", () => {
  // Mean 4, squares 4 + 0 + 4, variance 4, of the mean 4 / 3.
  assert.ok(
    Math.abs(blockStandardError([2, 4, 6])! - Math.sqrt(4 / 3)) < 1e-15,
  );
  assert.equal(blockStandardError([5]), null);
  assert.equal(blockStandardError([5, 5]), 0);
});

Deno.test("scores are means over blocks, networks and rounds", () => {
  const scores = new BlockScores(
    { samples: 2, columns: 2, blocks: 2, ensemble: 2 },
  );
  const columns = Uint32Array.of(1, 0);
  // Sample 1 alone, 2 draws a network and round: one a block.
  scores.add(1, 0, Float64Array.of(1, 10, 3, 30));
  scores.add(1, 1, Float64Array.of(5, 50, 7, 70));
  scores.endRound(2);
  assert.deepEqual([...scores.ofAll(columns)], [0, 0, 40, 4]);
  assert.deepEqual([...scores.ofNetwork(0, columns)], [0, 0, 20, 2]);
  assert.deepEqual([...scores.ofNetwork(1, columns)], [0, 0, 60, 6]);
  assert.deepEqual([...scores.ofBlocks([0], columns)], [0, 0, 30, 3]);
  assert.deepEqual(scores.totalsOf(1), [33, 55]);
  assert.equal(standardErrors(scores)[2], 1);
  // A second round with twice the draws counts twice.
  scores.add(1, 0, Float64Array.of(2, 20, 6, 60));
  scores.add(1, 1, Float64Array.of(10, 100, 14, 140));
  scores.endRound(4);
  assert.equal(scores.drawsOf(0), 6);
  assert.deepEqual([...scores.ofAll(columns)], [0, 0, 40, 4]);
  assert.deepEqual([...scores.ofNetwork(1, columns)], [0, 0, 60, 6]);
});

Deno.test("samples that get fewer draws are means over their own", () => {
  const scores = new BlockScores(
    { samples: 2, columns: 1, blocks: 2, ensemble: 1 },
  );
  scores.add(0, 0, Float64Array.of(2, 4));
  scores.add(1, 0, Float64Array.of(2, 4));
  scores.endRound(2);
  scores.add(1, 0, Float64Array.of(6, 12));
  scores.endRound(2, [1]);
  assert.deepEqual([scores.drawsOf(0), scores.drawsOf(1)], [2, 4]);
  const gene = Uint32Array.of(0);
  assert.deepEqual([...scores.ofAll(gene)], [3, 6]);
  assert.deepEqual([...scores.ofBlocks([1], gene)], [4, 8]);
  assert.deepEqual([...scores.ofNetwork(0, gene)], [3, 6]);
  assert.deepEqual([scores.totalsOf(0), scores.totalsOf(1)], [[2, 4], [4, 8]]);
});
