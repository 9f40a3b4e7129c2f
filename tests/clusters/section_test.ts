/** What the report says of the clusters. */

import assert from "node:assert/strict";
import { clustersSection, meanScores } from "../../lib/clusters/section.ts";
import { clustersStage } from "../../lib/clusters/stage.ts";
import { folds } from "../../lib/prepare/outputs.ts";
import { assignments, geneSets } from "../../lib/clusters/outputs.ts";
import { readNpy, writeNpy } from "../../lib/store/npy.ts";
import { quickChoices, RunFolder } from "./small_run.ts";

const SMALL = { samples: 60, genes: 40, marked: 6, shap: 6 };

/** The section on a run with these choices. */
async function sectionOf(
  otherwise: Partial<typeof quickChoices> = {},
): Promise<string> {
  await using run = await RunFolder.make(SMALL);
  await run.runStage(clustersStage, { ...quickChoices, ...otherwise });
  return await run.report("clusters", clustersSection);
}

Deno.test("scores are averaged over embeddings and runs of k-means", () => {
  const row = {
    gene_set: "shap",
    genes: 5,
    space: "umap",
    layout: 1,
    embedding_seed: 7,
    repeat: 1,
    kmeans_seed: 1,
    homogeneity: 0.5,
    completeness: 0.75,
    v_measure: 0.25,
    ami: 0.5,
    ari: 0.25,
  };
  const [both, single, runs] = meanScores([
    row,
    { ...row, layout: 2, embedding_seed: 8, v_measure: 0.75, ami: 0.75 },
    { ...row, space: "pca", embedding_seed: null },
    { ...row, gene_set: "all" },
    { ...row, gene_set: "all", repeat: 2, v_measure: 0.75 },
  ]);
  assert.deepEqual(both, {
    gene_set: "shap",
    space: "umap",
    genes: 5,
    layouts: 2,
    repeats: 1,
    v_measure: 0.5,
    // sqrt((0.25² + 0.25²) / 1) / sqrt(2)
    v_measure_se: 0.25,
    homogeneity: 0.5,
    completeness: 0.75,
    ami: 0.625,
    ami_se: 0.125,
    ari: 0.25,
  });
  assert.deepEqual([single.space, single.v_measure_se], ["pca", null]);
  // Two runs on one layout do not tell what another layout would give.
  assert.deepEqual([runs.repeats, runs.v_measure_se], [2, null]);
});

Deno.test("the section has a row a set and space, and every figure once", async () => {
  const text = await sectionOf();
  assert.match(text, /^The test samples, each described/);
  for (const set of ["shap", "all", "random\\_1", "random\\_2"]) {
    for (const space of ["UMAP", "Principal components", "Genes"]) {
      assert.match(
        text,
        new RegExp(
          `^\\| ${
            RegExp.escape(set)
          } \\| \\d+ \\| ${space} \\| -?\\d\\.\\d{3} ± `,
          "m",
        ),
      );
    }
  }
  const figures = [...text.matchAll(/\]\(clusters\/(\w+)\.svg\)/g)]
    .map(([, name]) => name);
  assert.deepEqual(figures, [
    "v_measures",
    "embedding_shap",
    "embedding_pca_shap",
    "embedding_all",
    "embedding_random_1",
    "embedding_random_2",
  ]);
  const [, folded] = text.split("<summary>The samples by 2 random gene sets");
  assert.ok(folded.includes("embedding_random_1"));
  assert.ok(!folded.includes("embedding_all"));
  assert.match(
    text,
    /\| `shap` \| method \| 6 \| 0 \| {2}\| \d+ \| 3 \| 5 \| 30/,
  );
  assert.doesNotMatch(text, /was trained on most of these samples/);
});

Deno.test("a nonlinear layout is to be read with care", async () => {
  assert.match(
    await sectionOf(),
    /\*\*Read UMAP with care\.\*\*.*one space onl/,
  );
  assert.match(await sectionOf({ spaces: ["umap"] }), /seen in this space is/);
  assert.doesNotMatch(await sectionOf({ spaces: ["pca"] }), /with care/);
});

Deno.test("samples that the network was trained on are called so", async () => {
  await using run = await RunFolder.make(SMALL);
  const all = { ...quickChoices, samples: "all" as const };
  await run.runStage(clustersStage, all);
  assert.match(
    await run.report("clusters", clustersSection),
    /^All samples.*\*\*The network was trained on most of these samples/s,
  );
  await Deno.writeTextFile(`${run.path}/${folds.file}`, folds.format([]));
  assert.doesNotMatch(
    await run.report("clusters", clustersSection),
    /was trained on most/,
  );
});

Deno.test("scores that follow from k alone are called meaningless", async () => {
  const text = await sectionOf({ k: 30 });
  assert.match(
    text,
    /^\*\*The cluster scores mean nothing:\*\* k is 30 for 30 samples: every sample is a cluster of its own, .* `--clusters\.samples all`, added/,
  );
  assert.match(
    await sectionOf({ k: 1 }),
    /^\*\*The cluster .* k is 1: all samples are one .* `--clusters\.k 2`, a/,
  );
  assert.doesNotMatch(await sectionOf({ k: 29 }), /mean nothing/);
});

Deno.test("samples that are too much alike for k are counted", async () => {
  await using run = await RunFolder.make(SMALL);
  // By the genes of the SHAP set the samples have two profiles.
  const path = `${run.path}/prepare/expression.npy`;
  const { data } = await readNpy(path);
  const values = data.map((value, index) =>
    index % SMALL.genes < SMALL.shap
      ? Math.floor(index / SMALL.genes) % 2
      : value
  );
  await writeNpy(path, Float32Array.from(values), [SMALL.samples, SMALL.genes]);
  await run.runStage(clustersStage, quickChoices);
  assert.deepEqual(run.warnings, [
    "Gene sets shap: the 30 samples have 2 different profiles for k = " +
    "3: 2 clusters are found, as identical samples share one",
  ]);
  const text = await run.report("clusters", clustersSection);
  assert.match(
    text,
    /^\*\*Samples are too much alike to be clustered\.\*\* Gene sets shap: the 30 samples have 2 different profiles for k = 3: 2 clusters are found/,
  );
  const sets = await run.read(geneSets);
  assert.deepEqual(sets.slice(0, 2).map(({ profiles }) => profiles), [2, 30]);
  const clusters = await run.read(assignments);
  for (const space of ["umap", "pca", "genes"]) {
    const own = clusters.filter((row) =>
      row.gene_set === "shap" && row.space === space && row.repeat === 1 &&
      row.layout === 1
    );
    for (const row of own) {
      const first = own[Number(row.sample_id.slice(1)) % 2];
      assert.equal(row.cluster, first.cluster, `${space} ${row.sample_id}`);
    }
  }
});
