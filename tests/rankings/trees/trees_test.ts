/** The rankings by boosted trees, in the stage and by hand. */

import assert from "node:assert/strict";
import { tissueContrasts } from "../../../lib/prepare/tissue_contrasts.ts";
import type { Dataset } from "../../../lib/prepare/dataset.ts";
import { deriveSeed, openStream } from "../../../lib/random.ts";
import { rankingMethods } from "../../../lib/rankings/methods.ts";
import * as files from "../../../lib/rankings/outputs.ts";
import { rankTissues } from "../../../lib/rankings/rank_tissues.ts";
import { isSimple } from "../../../lib/rankings/simple.ts";
import type { RankingInput } from "../../../lib/rankings/ranking_method.ts";
import { genesetsSection } from "../../../lib/rankings/section.ts";
import { fitTrees, leastInLeaf } from "../../../lib/rankings/trees/fit.ts";
import {
  treeGainRanking,
  treeShapRanking,
} from "../../../lib/rankings/trees/rankings.ts";
import { noFacts } from "../../unnamed_genes.ts";
import { GENES, MadeRun, MARKED, TISSUES, truthFile } from "../made_run.ts";

const treeRankings = [treeGainRanking, treeShapRanking];

Deno.test("the stage lists each tissue's genes, and a table of its own each", async () => {
  await using run = await MadeRun.make();
  const path = `${run.path}/known.csv`;
  await Deno.writeTextFile(path, truthFile(MARKED));
  await run.rank({
    truth: path,
    trees: 6,
    methods: treeRankings.map(({ name }) => name),
  });
  for (const method of treeRankings) {
    const rows = await run.read(files.rankingTable(method));
    TISSUES.forEach((tissue, t) => {
      const own = rows.filter((row) => row.tissue === tissue);
      // Two genes of 3 and 4 more than elsewhere split all samples.
      assert.deepEqual(
        own.slice(0, 3).map(({ gene }) => gene),
        GENES.slice(4 * t, 4 * t + 3),
        `${method.name} ${tissue}`,
      );
      assert.ok(own.every(({ score }) => score > 0));
    });
  }
  const { trees, stability, methods, truth } = await run.read(files.summary);
  assert.deepEqual([trees!.fits, trees!.rounds], [6, 3]);
  assert.deepEqual(
    trees!.small_leaves,
    TISSUES.map((tissue) => ({
      tissue,
      samples_in_half: 3,
      min_data_in_leaf: 1,
    })),
  );
  assert.equal(methods.length, rankingMethods.length + 2);
  // They are too slow to be made again on each half.
  assert.deepEqual(
    stability!.methods.map(({ method }) => method),
    rankingMethods.map(({ name }) => name).filter(isSimple),
  );
  assert.ok(truth!.rankings.some(({ method }) => method === "tree_shap"));
  const { text } = await run.report(genesetsSection);
  assert.match(text, /### Boosted trees\n\nBoosted trees, .* fitted 6 times/);
  assert.match(
    text,
    /trees of 3 tissues .*: from at least 1 sample in leaf, which has 3 in a half, to/,
  );
  assert.match(text, /- boosted trees, gain \(`genesets\/tree_gain\.csv`\)/);
});

Deno.test("where they are not chosen the rankings are not there", async () => {
  await using run = await MadeRun.make();
  await run.rank();
  const { trees, methods } = await run.read(files.summary);
  assert.equal(trees, null);
  assert.equal(methods.length, rankingMethods.length);
  await assert.rejects(() => run.read(files.rankingTable(treeGainRanking)));
  const { text } = await run.report(genesetsSection);
  assert.doesNotMatch(text, /boosted/i);
});

Deno.test("neither the order of samples nor that of genes changes a score", () => {
  const columns = [...GENES.keys()];
  const found = [
    scoresOf(columns, false),
    scoresOf(columns.toReversed(), false),
    scoresOf(columns, true),
  ];
  assert.ok(found[0].size > 6);
  assert.deepEqual(found[1], found[0]);
  assert.deepEqual(found[2], found[0]);
});

Deno.test("other streams give other fits", () => {
  const columns = [...GENES.keys()];
  assert.notDeepEqual(
    scoresOf(columns, false, 2),
    scoresOf(columns, false, 1),
  );
});

Deno.test("leaves are smaller where a tissue has fewer than 40 samples", () => {
  assert.deepEqual(
    [200, 40, 39, 12, 3, 1, 0].map(leastInLeaf),
    [20, 20, 19, 6, 1, 1, 1],
  );
});

Deno.test("without settings there is nothing to fit", () => {
  const { trees: _, ...input } = inputOf([0, 1], false, 1);
  assert.throws(() => fitTrees(input), /has no settings/);
});

/** Eight samples of each of two tissues; gene c is the higher in t0 the smaller c. */
function inputOf(
  columns: readonly number[],
  turned: boolean,
  seed: number,
): RankingInput {
  const stream = openStream(3, "values");
  const samples = Array.from({ length: 16 }, (_, at) => ({
    id: `s${10 + at}`,
    tissue: `t${at % 2}`,
    values: GENES.map((_, gene) =>
      stream.uniform() * 3 + (at % 2 === 0 ? 3 / (gene + 1) : 0)
    ),
  }));
  const ordered = turned ? samples.toReversed() : samples;
  const tissues = ordered.map(({ tissue }) => tissue);
  const genes = columns.map((gene) => GENES[gene]);
  const dataset: Dataset = {
    sampleIds: ordered.map(({ id }) => id),
    genes,
    geneFacts: noFacts(genes),
    tissues,
    groups: tissues.map(() => ""),
    split: tissues.map(() => "train"),
    folds: [{ fold: 1, split: tissues.map(() => "train") }],
    values: Float32Array.from(
      ordered.flatMap(({ values }) => columns.map((gene) => values[gene])),
    ),
    tissueNames: ["t0", "t1"],
    classOf: Int32Array.from(tissues, (tissue) => Number(tissue[1])),
  };
  const rows = [...ordered.keys()];
  if (turned) rows.reverse();
  return {
    dataset,
    rows,
    contrasts: tissueContrasts(dataset, rows),
    trees: {
      fits: 4,
      rounds: 3,
      seedOf: (name) => deriveSeed(seed, name),
    },
  };
}

/** By tissue, gene and method. */
function scoresOf(
  columns: readonly number[],
  turned: boolean,
  seed = 1,
): Map<string, number> {
  const input = inputOf(columns, turned, seed);
  return new Map(
    treeRankings.flatMap((method) =>
      rankTissues(method, input).flatMap(({ tissue, order, scores }) =>
        Array.from(order, (gene): [string, number] => [
          `${method.name} ${tissue} ${input.dataset.genes[gene]}`,
          scores[gene],
        ])
      )
    ).sort(([a], [b]) => a < b ? -1 : 1),
  );
}
