import assert from "node:assert/strict";
import { clustersStage } from "../../lib/clusters/stage.ts";
import { InputError } from "../../lib/cli/errors.ts";
import { deriveSeed } from "../../lib/random.ts";
import {
  assignments,
  embeddings,
  geneSetGenes,
  geneSets,
  scores,
} from "../../lib/clusters/outputs.ts";
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
    /^AMI 1\.000 for the 6 SHAP genes, -?\d\.\d{3} for/,
  );
  assert.match(verdict, /\(30 samples in 3 clusters\)$/);

  const rows = await run.read(scores);
  const names = ["shap", "all", "random_1", "random_2", "my_set"];
  assert.deepEqual(
    rows.map((row) =>
      `${row.space} ${row.gene_set} ${row.layout} ${row.repeat}`
    ),
    ["umap", "pca", "genes"].flatMap((space) =>
      names.flatMap((name) =>
        [1, 2].map((n) =>
          `${space} ${name} ${space === "umap" ? `${n} 1` : `1 ${n}`}`
        )
      )
    ),
  );
  const seed = (name: string) => deriveSeed(42, `clusters/shap/${name}`);
  assert.equal(rows[1].embedding_seed, seed("umap/2"));
  assert.equal(rows[1].kmeans_seed, seed("kmeans/umap/2/1"));
  assert.equal(rows[11].embedding_seed, null);
  assert.equal(rows[11].kmeans_seed, seed("kmeans/pca/2"));

  const sets = await run.read(geneSets);
  assert.deepEqual(sets.map((row) => row.kind), [
    "method",
    "all",
    "random",
    "random",
    "file",
  ]);
  assert.deepEqual(sets.map((row) => row.genes), [6, 40, 6, 6, 2]);
  assert.deepEqual(
    sets.map((row) => row.genes_not_in_matrix),
    [0, 0, 0, 0, 1],
  );
  assert.equal(sets[0].gene_seed, null);
  assert.equal(sets[2].gene_seed, deriveSeed(42, "clusters/random_1/genes"));
  assert.equal(sets[0].umap_seed, seed("umap/1"));
  assert.deepEqual(sets.map((row) => row.components), [5, 5, 5, 5, 2]);
  assert.deepEqual(
    (await run.read(geneSetGenes)).map((row) => `${row.gene_set} ${row.gene}`),
    [
      ...[0, 1, 2, 3, 4, 5].map((gene) => `shap g${gene}`),
      "my_set g1",
      "my_set g2",
    ],
  );

  const points = await run.read(embeddings);
  assert.equal(points.length, 2 * 5 * 30);
  assert.deepEqual(
    [...new Set(points.map((row) => row.space))],
    ["umap", "pca"],
  );
  const clusters = await run.read(assignments);
  assert.equal(clusters.length, 3 * 5 * 2 * 30);
  assert.equal(clusters[1].tissue, "root");
  const files = await filesOf(context.folder);
  for (
    const name of [
      ...names.map((name) => `embedding_${name}`),
      "embedding_pca_shap",
      "v_measures",
    ]
  ) {
    assert.match(files.get(`${name}.svg`)!, /^<svg/);
  }
  assert.deepEqual(run.warnings, [
    "my_set: 1 of 3 genes are not in the matrix and are left out (absent)",
  ]);
});

Deno.test("a space that is not asked for leaves no trace", async () => {
  await using run = await RunFolder.make(SMALL);
  const context = await run.context("clusters", {
    ...quickChoices,
    spaces: ["genes"],
    "n-neighbors": 50,
  });
  await clustersStage.run(context);
  const files = await filesOf(context.folder);
  assert.deepEqual([...files.keys()].sort(), [
    "assignments.csv",
    "embeddings.csv",
    "gene_set_genes.csv",
    "gene_sets.csv",
    "scores.csv",
    "v_measures.svg",
  ]);
  const rows = await run.read(scores);
  assert.ok(rows.every((row) => row.space === "genes"));
  assert.deepEqual(await run.read(embeddings), []);
  const [shap] = await run.read(geneSets);
  assert.deepEqual([shap.umap_seed, shap.components], [null, null]);
  assert.deepEqual(run.warnings, []);
});

Deno.test("one space's scores do not depend on the others", async () => {
  await using run = await RunFolder.make(SMALL);
  const all = await run.context("clusters", quickChoices, 1, "all");
  const pca = await run.context(
    "clusters",
    { ...quickChoices, spaces: ["pca"] },
    1,
    "pca",
  );
  await clustersStage.run(all);
  await clustersStage.run(pca);
  const rows = (await run.read(scores, "all"))
    .filter((row) => row.space === "pca");
  assert.deepEqual(rows, await run.read(scores, "pca"));
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
      "n-neighbors": 15,
      k: 12,
    });
    await clustersStage.run(context);
    const rows = await run.read(scores);
    assert.equal(rows.length, 3 * 4 * 2);
    const warnings = run.warnings.join("\n");
    assert.match(warnings, /the scores are very uncertain/);
    assert.match(warnings, samples < 10 ? /too few for UMAP/ : /UMAP takes/);
    assert.equal(/k is \d+ instead of 12/.test(warnings), samples / 2 < 12);
  });
}

Deno.test("a space that is not known is refused before anything runs", () => {
  const values = { ...quickChoices, spaces: ["umap", "tsne"] };
  assert.throws(
    () => clustersStage.check!(values),
    (error) =>
      error instanceof InputError &&
      /spaces: it is tsne and should be/.test(error.message),
  );
});

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
