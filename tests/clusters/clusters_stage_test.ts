import assert from "node:assert/strict";
import { clustersStage } from "../../lib/clusters/clusters_stage.ts";
import { InputError } from "../../lib/run/errors.ts";
import { deriveSeed } from "../../lib/run/random.ts";
import { readTable } from "../../lib/run/table.ts";
import { filesOf, quickChoices, RunFolder } from "./small_run.ts";

const SMALL = { samples: 60, genes: 40, marked: 6, shap: 6 };

Deno.test("the stage writes every table and figure, in order", async () => {
  await using run = await RunFolder.make(SMALL);
  const own = `${run.path}/my set.txt`;
  await Deno.writeTextFile(own, "g1\ng2\nabsent\n");
  const context = await run.context("clusters", {
    ...quickChoices,
    sets: [own],
  });
  const { verdict } = await clustersStage.run(context);
  assert.match(
    verdict,
    /^V-measure 1\.000 for the 6 SHAP genes, \d\.\d{3} for/,
  );
  assert.match(verdict, /\(30 samples in 3 clusters\)$/);

  const scores = readTable(await run.read("clusters/scores.csv"));
  const names = ["shap", "all", "random_1", "random_2", "my_set"];
  assert.deepEqual(
    scores.map((row) => `${row.gene_set} ${row.repeat}`),
    names.flatMap((name) => [`${name} 1`, `${name} 2`]),
  );
  assert.equal(
    Number(scores[1].kmeans_seed),
    deriveSeed(42, "clusters/shap/kmeans/2"),
  );
  assert.ok(scores.every((row) => row.space === "umap"));

  const sets = readTable(await run.read("clusters/sets.csv"));
  assert.deepEqual(sets.map((row) => row.genes), ["6", "40", "6", "6", "2"]);
  assert.deepEqual(sets.map((row) => row.unknown), ["0", "0", "0", "0", "1"]);
  assert.equal(sets[0].gene_seed, "");
  assert.equal(
    Number(sets[2].gene_seed),
    deriveSeed(42, "clusters/random_1/genes"),
  );
  assert.equal(Number(sets[0].umap_seed), deriveSeed(42, "clusters/shap/umap"));

  const embeddings = readTable(await run.read("clusters/embeddings.csv"));
  assert.equal(embeddings.length, 5 * 30);
  assert.ok(embeddings.every((row) => Number.isFinite(Number(row.x))));
  const assignments = readTable(await run.read("clusters/assignments.csv"));
  assert.equal(assignments.length, 5 * 2 * 30);
  assert.equal(assignments[1].tissue, "root");
  for (
    const name of [...names.map((name) => `embedding_${name}`), "v_measures"]
  ) {
    assert.match(await run.read(`clusters/${name}.svg`), /^<svg/);
  }
  assert.deepEqual(run.warnings, [
    "my_set: 1 of 3 genes are not in the matrix and are left out (absent)",
  ]);
});

Deno.test("one thread and two write the same bytes", async () => {
  await using run = await RunFolder.make(SMALL);
  const one = await run.context("clusters", quickChoices, 1, "one");
  const two = await run.context("clusters", quickChoices, 2, "two");
  assert.deepEqual(await clustersStage.run(one), await clustersStage.run(two));
  assert.deepEqual(await filesOf(one.folder), await filesOf(two.folder));
});

for (const samples of [4, 6, 14, 28]) {
  Deno.test(`${samples / 2} test samples do not break the stage`, async () => {
    await using run = await RunFolder.make({ ...SMALL, samples });
    const context = await run.context("clusters", {
      ...quickChoices,
      neighbours: 15,
      k: 12,
    });
    await clustersStage.run(context);
    const rows = readTable(await run.read("clusters/scores.csv"));
    assert.ok(rows.every((row) => Number.isFinite(Number(row.v_measure))));
    const told = run.warnings.join("\n");
    assert.match(told, /so few decide little/);
    assert.match(told, samples < 10 ? /too few for UMAP/ : /UMAP takes/);
    assert.equal(/k is \d+ instead of 12/.test(told), samples / 2 < 12);
  });
}

Deno.test("the stage refuses what it cannot cluster", async () => {
  await using one = await RunFolder.make({ ...SMALL, samples: 2 });
  await assert.rejects(
    clustersStage.run(await one.context("clusters", quickChoices)),
    (error) =>
      error instanceof InputError &&
      /there are 1 test samples/.test(error.message),
  );
  await using run = await RunFolder.make(SMALL);
  const context = await run.context("clusters", {
    ...quickChoices,
    "random-genes": 41,
  });
  await assert.rejects(
    clustersStage.run(context),
    (error) =>
      error instanceof InputError &&
      /random-genes is 41 and should be at most 40/.test(error.message),
  );
});
