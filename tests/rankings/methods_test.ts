/** The methods on data by hand, and on what is degenerate. */

import assert from "node:assert/strict";
import type { Dataset } from "../../lib/prepare/dataset.ts";
import {
  contrastRows,
  tissueContrasts,
} from "../../lib/prepare/tissue_contrasts.ts";
import { drawRecovery } from "../../lib/rankings/figures/recovery.ts";
import { rankingMethods } from "../../lib/rankings/methods.ts";
import { overlapsWith } from "../../lib/rankings/overlap.ts";
import { rankTissues } from "../../lib/rankings/rank_tissues.ts";
import type { RankingMethod } from "../../lib/rankings/ranking_method.ts";
import { bestPossible, curveRanks } from "../../lib/rankings/recovery.ts";
import { testRidge } from "../../lib/rankings/ridge.ts";
import { noFacts } from "../unnamed_genes.ts";
import { welchRanking } from "../../lib/rankings/welch_t.ts";

/** Training samples only: each sample's tissue and values. */
function datasetOf(
  samples: readonly (readonly [string, ...number[]])[],
  genes = samples[0].slice(1).map((_, gene) => `g${gene}`),
): Dataset {
  const tissues = samples.map(([tissue]) => tissue);
  const tissueNames = [...new Set(tissues)].sort();
  const split = samples.map(() => "train" as const);
  return {
    sampleIds: samples.map((_, row) => `s${row}`),
    genes,
    geneFacts: noFacts(genes),
    tissues,
    groups: tissues.map(() => ""),
    split,
    folds: [{ fold: 1, split }],
    values: Float32Array.from(samples.flatMap(([, ...values]) => values)),
    tissueNames,
    classOf: Int32Array.from(tissues, (name) => tissueNames.indexOf(name)),
  };
}

function rank(method: RankingMethod, dataset: Dataset) {
  return rankTissues(method, {
    dataset,
    rows: contrastRows(dataset),
    contrasts: tissueContrasts(dataset),
  });
}

Deno.test("equal scores are in the order of the genes' ids", () => {
  const dataset = datasetOf([
    ["a", 3, 3, 0, 3],
    ["a", 2, 2, 0, 2],
    ["b", 0, 0, 1, 0],
    ["b", 1, 1, 2, 1],
  ], ["g2", "g10", "x", "g1"]);
  for (const method of rankingMethods) {
    const [first] = rank(method, dataset);
    assert.deepEqual(
      Array.from(first.order, (gene) => dataset.genes[gene]),
      ["g1", "g10", "g2"],
      method.name,
    );
  }
});

Deno.test("Welch's t against all other samples, whatever their tissues", () => {
  const dataset = datasetOf([
    ["a", 5],
    ["a", 7],
    ["b", 1],
    ["b", 2],
    ["c", 6],
  ]);
  const [first] = rank(welchRanking, dataset);
  // 6 - 3 over sqrt(2 / 2 + 7 / 3)
  assert.ok(Math.abs(first.scores[0] - 3 / Math.sqrt(1 + 7 / 3)) < 1e-12);
});

Deno.test("Welch's t: no variance, and a tissue with one sample", () => {
  const dataset = datasetOf([
    ["a", 5, 1, 2],
    ["a", 5, 1, 3],
    ["b", 0, 1, 0],
    ["b", 0, 1, 1],
    ["c", 0, 1, 9],
  ]);
  const [first, , single] = rank(welchRanking, dataset);
  assert.equal(first.scores[0], Number.MAX_VALUE);
  assert.ok(Number.isNaN(first.scores[1]));
  assert.equal(single.order.length, 0);
});

Deno.test("a single tissue has no ranking, and no test sample no scores", () => {
  const dataset = datasetOf([["a", 5, 1], ["a", 4, 2]]);
  for (const method of rankingMethods) {
    for (const { order } of rank(method, dataset)) {
      assert.equal(order.length, 0, method.name);
    }
  }
  assert.equal(testRidge(dataset), null);
});

Deno.test("genes in common, of lists of any length", () => {
  const ranking = (lists: [string, number[]][]) => ({
    name: "other",
    title: "other",
    lists: new Map(lists),
  });
  assert.deepEqual(
    overlapsWith(
      ranking([["a", [1, 2, 3, 4]], ["b", [5, 6]], ["c", []]]),
      [ranking([["a", [3, 9, 1, 2]]])],
      3,
    ),
    [
      { method: "other", tissue: "a", genes: 3, shared: 2 },
      { method: "other", tissue: "b", genes: 2, shared: 0 },
    ],
  );
});

Deno.test("the curves' ranks end at the last gene", () => {
  assert.deepEqual(curveRanks(3), [1, 2, 3]);
  assert.deepEqual(curveRanks(1), [1]);
  const many = curveRanks(20_000);
  assert.equal(many.at(-1), 1000);
  assert.ok(many.length < 120 && many.includes(20));
  const tissue = (genes: number) => ({
    tissue: "a",
    given: genes,
    columns: new Set(Array(genes).keys()),
  });
  assert.equal(bestPossible([tissue(5), tissue(20)], 10), 0.75);
});

Deno.test("the figure: one tissue, many tissues and none", () => {
  const draw = (tissues: number) =>
    drawRecovery({
      ranks: [1, 2, 5],
      tissues: Array.from({ length: tissues }, (_, index) => ({
        tissue: `tissue & ${index}`,
        known: 3,
      })),
      rankings: [{
        title: "SHAP",
        precision: Array.from({ length: tissues }, () => [1, 0.5, 0.4]),
      }],
      genes: 9,
    });
  assert.match(draw(0), /Nothing to draw: no tissue has known genes/);
  assert.match(draw(1), />tissue &amp; 0</);
  assert.match(draw(2), />tissue &amp; 1 \(3\)</);
  assert.doesNotMatch(draw(13), />tissue &amp; 1 \(3\)</);
  assert.match(draw(13), />Mean of 13 tissues</);
  for (const tissues of [1, 2, 13]) {
    assert.doesNotMatch(draw(tissues), /NaN|undefined/);
  }
});
