/** A space takes one file and one line in the list of spaces. */

import assert from "node:assert/strict";
import { embeddings, scores } from "../../lib/clusters/outputs.ts";
import { makeClustersSection } from "../../lib/clusters/section.ts";
import { makeClustersStage } from "../../lib/clusters/stage.ts";
import { geneSetMethods } from "../../lib/gene_sets/methods.ts";
import { nullModels } from "../../lib/null_test/null_models/null_models.ts";
import { nullValues } from "../../lib/null_test/outputs.ts";
import { makeTtestSection } from "../../lib/null_test/section.ts";
import { makeTtestStage } from "../../lib/null_test/stage.ts";
import { deriveSeed } from "../../lib/random.ts";
import { spaceList } from "./fixture_space.ts";
import { filesOf, quickChoices, RunFolder } from "./small_run.ts";

Deno.test("an added space is clustered, drawn, tested and reported", async () => {
  await using run = await RunFolder.make({
    samples: 60,
    genes: 40,
    marked: 6,
    shap: 6,
  });
  const clusters = makeClustersStage({
    methods: geneSetMethods,
    spaces: spaceList,
  });
  const { spaces, "n-init": restarts } = clusters.parameters;
  assert.deepEqual(spaces.default, ["umap", "pca", "genes", "sums"]);
  assert.ok(spaces.help.includes("sums (the sums of the even and of the odd"));
  assert.ok(restarts.help.includes("umap, sums"));
  const choices = { ...quickChoices, spaces: spaces.default };
  clusters.check!(choices);
  // In workers, too.
  await run.runStage(clusters, choices, 2);
  const rows = (await run.read(scores))
    .filter(({ space }) => space === "sums");
  assert.equal(rows.length, 4 * 2);
  assert.equal(
    rows[0].kmeans_seed,
    deriveSeed(42, "clusters/shap/kmeans/sums/1"),
  );
  assert.equal(
    (await run.read(embeddings)).filter(({ space }) => space === "sums").length,
    4 * 30,
  );
  const files = await filesOf(`${run.path}/clusters`);
  assert.ok(files.get("v_measures.svg")!.includes(">Sums of genes<"));
  assert.match(
    files.get("embedding_sums_shap.svg")!,
    /Sums of genes of 30 samples on 6 genes \(shap\)/,
  );
  const section = await run.report(
    "clusters",
    makeClustersSection(spaceList.spaces),
  );
  assert.match(section, /\| shap \| 6 \| Sums of genes \| \d/);
  assert.ok(section.includes("sum space (the sums of the even and of the odd"));
  assert.ok(section.includes("(clusters/embedding_sums_shap.svg)"));

  const ttest = makeTtestStage({ spaces: spaceList, nullModels });
  await run.runStage(ttest, {
    "gene-sets": ["shap"],
    "null-models": ["uniform"],
    sets: 20,
    "first-look": 199,
    genes: 0,
  }, 2);
  const tested = (await run.read(nullValues))
    .filter(({ space }) => space === "sums");
  assert.equal(tested.length, 20 * 2);
  assert.equal(
    tested[0].kmeans_seed,
    deriveSeed(42, "ttest/set/1/kmeans/sums/1"),
  );
  const figures = await filesOf(`${run.path}/ttest`);
  assert.ok(figures.get("null_tests.svg")!.includes(">Sums of genes<"));
  const report = await run.report(
    "ttest",
    makeTtestSection(spaceList.spaces, nullModels),
  );
  assert.match(report, /(in|and|or) sum space/);
  assert.match(report, /\| uniform \| Sums of genes \|/);
});
