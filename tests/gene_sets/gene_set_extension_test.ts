/** A gene-set method takes one file and one line in the list of methods. */

import assert from "node:assert/strict";
import { geneSetGenes, geneSets, scores } from "../../lib/clusters/outputs.ts";
import { clustersSection } from "../../lib/clusters/section.ts";
import { makeClustersStage } from "../../lib/clusters/stage.ts";
import { spaceList } from "../../lib/clusters/spaces/spaces.ts";
import { geneSetMethods } from "../../lib/gene_sets/methods.ts";
import { nullValues, testResults } from "../../lib/null_test/outputs.ts";
import { ttestSection } from "../../lib/null_test/section.ts";
import { ttestStage } from "../../lib/null_test/stage.ts";
import { filesOf, quickChoices, RunFolder } from "../clusters/small_run.ts";
import { lastGenesMethod } from "./fixture_method.ts";

Deno.test("an added method is clustered, drawn, tested and reported", async () => {
  await using run = await RunFolder.make({
    samples: 60,
    genes: 40,
    marked: 6,
    shap: 6,
  });
  const clusters = makeClustersStage({
    methods: [...geneSetMethods, lastGenesMethod],
    spaces: spaceList,
  });
  await run.runStage(clusters, quickChoices, 2);
  const set = (await run.read(geneSets)).at(-1)!;
  assert.deepEqual([set.gene_set, set.kind, set.genes], ["last", "method", 4]);
  assert.deepEqual(
    (await run.read(geneSetGenes)).filter((row) => row.gene_set === "last")
      .map(({ gene }) => gene),
    ["g36", "g37", "g38", "g39"],
  );
  const rows = (await run.read(scores))
    .filter(({ gene_set }) => gene_set === "last");
  assert.equal(rows.length, 3 * 2);
  const files = await filesOf(`${run.path}/clusters`);
  assert.ok(files.get("v_measures.svg")!.includes(">last (4 genes)<"));
  assert.match(files.get("embedding_last.svg")!, /UMAP of 30 samples on 4 gen/);
  assert.ok(files.has("embedding_pca_last.svg"));
  const section = await run.report("clusters", clustersSection);
  assert.match(section, /\| last \| 4 \| UMAP \| 0\.\d+/);
  assert.ok(section.includes("(clusters/embedding_last.svg)"));

  await run.runStage(ttestStage, {
    "gene-sets": ["last"],
    "null-models": ["uniform", "matched"],
    sets: 3,
    "first-look": 199,
    genes: 0,
  });
  assert.ok(
    (await run.read(nullValues)).every(({ gene_set }) => gene_set === "last"),
  );
  const { tests } = await run.read(testResults);
  assert.deepEqual(tests.map(({ genes }) => genes), [4, 4, 4, 4, 4, 4]);
  const { "null_tests.svg": figure } = Object.fromEntries(
    await filesOf(`${run.path}/ttest`),
  );
  assert.match(figure, />last \d\.\d{3}</);
  const tested = await run.report("ttest", ttestSection);
  assert.match(tested, /3 random sets of 4 genes/);
  assert.ok(tested.includes("(ttest/null_tests.svg)"));
});
