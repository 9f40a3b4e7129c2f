import assert from "node:assert/strict";
import { clustersStage } from "../../lib/clusters/stage.ts";
import { InputError } from "../../lib/cli/errors.ts";
import { deriveSeed } from "../../lib/random.ts";
import { readTable } from "../../lib/store/csv.ts";
import { readClusterChoices } from "../../lib/null_test/clustering_choices.ts";
import { ttestStage } from "../../lib/null_test/stage.ts";
import {
  filesOf,
  quickChoices,
  RunFolder,
  type SmallRun,
} from "../clusters/small_run.ts";

const SMALL = { samples: 60, genes: 40, marked: 6, shap: 6 };
const QUICK = {
  nulls: ["uniform", "matched"] as readonly string[],
  sets: 4,
  repeats: 3,
  "wide-repeats": 2,
  genes: 0,
};

/** A run that has been clustered. */
async function clustered(
  small: SmallRun,
  spaces: readonly string[] = quickChoices.spaces,
): Promise<RunFolder> {
  const run = await RunFolder.make(small);
  const parameters = { ...quickChoices, "random-sets": 0, spaces };
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
  assert.match(verdict, /rejected in \w+ of 6 tests, by kind of random sets/);

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
  assert.match(await run.read("ttest/nulls.svg"), /^<svg/);
  assert.deepEqual(run.warnings, []);
});

Deno.test("every null is tested in every space", async () => {
  await using run = await clustered({ ...SMALL, genes: 200 });
  await ttestStage.run(await run.context("ttest", QUICK));
  const found = JSON.parse(await run.read("ttest/ttest.json"));
  const rows = readTable(await run.read("ttest/nulls.csv"));
  const main = readTable(await run.read("ttest/null.csv"));
  assert.deepEqual(
    found.tests.map((test: { null: string; space: string }) =>
      `${test.null} ${test.space}`
    ),
    ["uniform", "matched"].flatMap((kind) =>
      ["umap", "pca", "genes"].map((space) => `${kind} ${space}`)
    ),
  );
  assert.equal(rows.length, 2 * 4 * (3 + 2 + 2));
  assert.deepEqual(
    rows.slice(0, 12).map((row) => ({ ...row })),
    main.map((row) => ({ null: "uniform", space: "umap", ...row })),
  );
  for (const [place, test] of found.tests.entries()) {
    const own = rows.filter((row) =>
      row.null === test.null && row.space === test.space
    );
    assert.equal(own.length, test.sets * test.repeats);
    const sum = own.reduce((all, row) => all + Number(row.v_measure), 0);
    assert.ok(Math.abs(test.null_mean - sum / own.length) < 1e-12);
    const shap = found.shap[place % 3];
    assert.equal(shap.space, test.space);
    assert.equal(shap.v_measures.length, test.repeats);
    const total = shap.v_measures.reduce((a: number, b: number) => a + b);
    assert.ok(Math.abs(test.statistic - total / test.repeats) < 1e-12);
    assert.equal(test.genes, 6);
    assert.ok(test.mean_overlap >= 0 && test.mean_overlap <= 1);
    if (test.within_set_sd === 0) assert.equal(test.naive_p_t, null);
    else assert.ok(test.naive_p_t > 0 && test.naive_p_t <= 1);
  }
  for (const key of ["null_mean", "statistic", "t", "p_t", "p_empirical"]) {
    assert.equal(found[key], found.tests[0][key]);
  }
  const seeds = (kind: string, space: string) =>
    rows.find((row) => row.null === kind && row.space === space)!;
  const seed = (name: string) => deriveSeed(42, `ttest/${name}`);
  const matched = seeds("matched", "genes");
  assert.equal(Number(matched.gene_seed), seed("matched/1/genes"));
  assert.equal(matched.embedding_seed, "");
  assert.equal(Number(matched.kmeans_seed), seed("matched/1/kmeans/genes/1"));
  assert.equal(
    Number(seeds("uniform", "pca").kmeans_seed),
    seed("set/1/kmeans/pca/1"),
  );
  assert.equal(found.shap[1].embedding_seed, null);
  assert.equal(found.shap[1].kmeans_seeds[1], seed("shap/kmeans/pca/2"));
});

Deno.test("the test is made where the samples were clustered", async () => {
  await using run = await clustered(SMALL, ["pca"]);
  await ttestStage.run(
    await run.context("ttest", { ...QUICK, nulls: ["matched"] }),
  );
  const found = JSON.parse(await run.read("ttest/ttest.json"));
  assert.equal(found.space, "pca");
  assert.equal(found.null, "matched");
  assert.equal(found.tests.length, 1);
  assert.equal(found.shap_embedding_seed, null);
  assert.equal(readTable(await run.read("ttest/null.csv")).length, 4 * 2);
});

Deno.test("sets of another size cannot be matched", async () => {
  await using run = await clustered(SMALL, ["pca"]);
  await ttestStage.run(await run.context("ttest", { ...QUICK, genes: 9 }));
  const found = JSON.parse(await run.read("ttest/ttest.json"));
  assert.deepEqual(
    found.tests.map((test: { null: string }) => test.null),
    ["uniform"],
  );
  assert.match(run.warnings.join("\n"), /There are no matched random sets/);
  await assert.rejects(
    ttestStage.run(
      await run.context("ttest", { ...QUICK, nulls: ["matched"], genes: 9 }),
    ),
    (error) =>
      error instanceof InputError &&
      /matched sets hold as many genes as the SHAP set, 6, and genes is 9/
        .test(error.message),
  );
  assert.throws(
    () => ttestStage.check!({ ...QUICK, nulls: ["shuffled"] }),
    InputError,
  );
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
  const all = new Set((await run.read("many/nulls.csv")).split("\n"));
  const some = (await run.read("few/nulls.csv")).split("\n");
  assert.ok(some.length > 2 * 2 * 3 && some.every((row) => all.has(row)));
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
    () =>
      readClusterChoices('{"parameters":{"samples":"test","spaces":["umap"]}}'),
    /holds no number for k/,
  );
  const parameters = { ...quickChoices, spaces: undefined };
  assert.throws(
    () => readClusterChoices(JSON.stringify({ parameters })),
    /holds no list of spaces/,
  );
});
