import assert from "node:assert/strict";
import { clustersStage } from "../../lib/clusters/clusters_stage.ts";
import { InputError } from "../../lib/run/errors.ts";
import { deriveSeed } from "../../lib/run/random.ts";
import { readTable } from "../../lib/run/table.ts";
import { readClusterChoices } from "../../lib/ttest/cluster_choices.ts";
import { ttestStage } from "../../lib/ttest/ttest_stage.ts";
import {
  filesOf,
  quickChoices,
  RunFolder,
  type SmallRun,
} from "../clusters/small_run.ts";

const SMALL = { samples: 60, genes: 40, marked: 6, shap: 6 };
const QUICK = { sets: 4, repeats: 3, genes: 0 };

/** A run that has been clustered. */
async function clustered(small: SmallRun): Promise<RunFolder> {
  const run = await RunFolder.make(small);
  const parameters = { ...quickChoices, "random-sets": 0 };
  await clustersStage.run(await run.context("clusters", parameters));
  await Deno.writeTextFile(
    `${run.path}/clusters/stage.json`,
    JSON.stringify({ parameters }),
  );
  return run;
}

Deno.test("the stage writes the null, the test and the figure", async () => {
  await using run = await clustered(SMALL);
  const { verdict } = await ttestStage.run(await run.context("ttest", QUICK));
  assert.match(verdict, /^V-measure 1\.000 for the 6 SHAP genes/);
  assert.match(verdict, /The null hypothesis/);

  const rows = readTable(await run.read("ttest/null.csv"));
  assert.deepEqual(
    rows.map((row) => `${row.set}/${row.repeat}`),
    [1, 2, 3, 4].flatMap((set) => [1, 2, 3].map((r) => `${set}/${r}`)),
  );
  const seed = (name: string) => deriveSeed(42, name);
  const last = rows[11];
  assert.equal(Number(last.gene_seed), seed("ttest/set/4/genes"));
  assert.equal(Number(last.embedding_seed), seed("ttest/set/4/umap"));
  assert.equal(Number(last.kmeans_seed), seed("ttest/set/4/kmeans/3"));

  const found = JSON.parse(await run.read("ttest/ttest.json"));
  const means = [0, 1, 2, 3].map((set) =>
    rows.slice(3 * set, 3 * set + 3)
      .reduce((sum, row) => sum + Number(row.v_measure), 0) / 3
  );
  const mean = means.reduce((a, b) => a + b) / 4;
  const sd = Math.sqrt(means.reduce((a, m) => a + (m - mean) ** 2, 0) / 3);
  const close = (value: number, wanted: number) =>
    assert.ok(Math.abs(value - wanted) < 1e-12, `${value}, not ${wanted}`);
  close(found.null_mean, mean);
  close(found.null_sd, sd);
  close(found.t, (found.statistic - mean) / (sd * Math.sqrt(1.25)));
  assert.equal(found.df, 3);
  assert.equal(found.genes, 6);
  assert.equal(found.space, "umap");
  assert.ok(found.p_t > 0 && found.p_t < 1);
  const asHigh = means.filter((m) => m >= found.statistic - 1e-12).length;
  assert.equal(found.p_empirical, (1 + asHigh) / 5);
  assert.equal(found.shap_embedding_seed, seed("clusters/shap/umap"));
  assert.equal(found.shap_kmeans_seeds[2], seed("ttest/shap/kmeans/3"));
  assert.match(await run.read("ttest/null.svg"), /^<svg/);
  assert.deepEqual(run.warnings, []);
});

Deno.test("one thread and two write the same bytes", async () => {
  await using run = await clustered(SMALL);
  const one = await run.context("ttest", QUICK, 1, "one");
  const two = await run.context("ttest", QUICK, 2, "two");
  assert.deepEqual(await ttestStage.run(one), await ttestStage.run(two));
  assert.deepEqual(await filesOf(one.folder), await filesOf(two.folder));
});

Deno.test("a null that is too small is drawn again from the same streams", async () => {
  await using run = await clustered(SMALL);
  const few = await run.context("ttest", { ...QUICK, sets: 2 }, 1, "few");
  const many = await run.context("ttest", QUICK, 1, "many");
  await ttestStage.run(few);
  await ttestStage.run(many);
  const start = await run.read("few/null.csv");
  assert.ok((await run.read("many/null.csv")).startsWith(start));
});

Deno.test("what cannot tell anything is said", async () => {
  await using run = await clustered({ ...SMALL, shap: 40 });
  await ttestStage.run(await run.context("ttest", QUICK));
  assert.match(run.warnings.join("\n"), /The SHAP set holds all 40 genes/);
  await using other = await clustered(SMALL);
  await ttestStage.run(await other.context("ttest", { ...QUICK, genes: 9 }));
  assert.match(other.warnings.join("\n"), /hold 9 genes and the SHAP set 6/);
});

Deno.test("a handful of samples does not break the stage", async () => {
  for (const samples of [4, 6, 28]) {
    await using run = await clustered({ ...SMALL, samples });
    await ttestStage.run(await run.context("ttest", { ...QUICK, sets: 2 }));
    const found = JSON.parse(await run.read("ttest/ttest.json"));
    assert.ok(Number.isFinite(found.statistic));
    assert.ok(found.p_empirical > 0);
  }
});

Deno.test("more genes than there are is the user's error", async () => {
  await using run = await clustered(SMALL);
  await assert.rejects(
    ttestStage.run(await run.context("ttest", { ...QUICK, genes: 41 })),
    (error) =>
      error instanceof InputError &&
      /genes is 41 and should be at most 40/.test(error.message),
  );
});

Deno.test("a record without the choices is the user's error", () => {
  assert.throws(() => readClusterChoices("{}"), InputError);
  assert.throws(
    () => readClusterChoices('{"parameters":{"samples":"test"}}'),
    /holds no number for k/,
  );
});
