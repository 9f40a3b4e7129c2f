import assert from "node:assert/strict";
import { InputError } from "../../lib/cli/errors.ts";
import { scores } from "../../lib/clusters/outputs.ts";
import { clustersStage } from "../../lib/clusters/stage.ts";
import {
  nullValues,
  type SpaceTest,
  testResults,
} from "../../lib/null_test/outputs.ts";
import { ttestStage } from "../../lib/null_test/stage.ts";
import { deriveSeed } from "../../lib/random.ts";
import {
  filesOf,
  quickChoices,
  RunFolder,
  type SmallRun,
} from "../clusters/small_run.ts";

const SMALL = { samples: 60, genes: 40, marked: 6, shap: 6 };
const QUICK = {
  "gene-sets": ["shap"] as readonly string[],
  "null-models": ["uniform", "matched"] as readonly string[],
  sets: 4,
  "first-look": 199,
  genes: 0,
};

/** A run that has been clustered. */
async function clustered(
  small: SmallRun,
  spaces: readonly string[] = quickChoices.spaces,
  ownGenes?: readonly string[],
): Promise<RunFolder> {
  const run = await RunFolder.make(small);
  const own = `${run.path}/mine.txt`;
  if (ownGenes) await Deno.writeTextFile(own, ownGenes.join("\n"));
  const parameters = {
    ...quickChoices,
    sets: ownGenes ? [own] : [],
    "random-sets": 0,
    layouts: 3,
    spaces,
  };
  await clustersStage.run(await run.context("clusters", parameters));
  await Deno.writeTextFile(
    `${run.path}/clusters/stage.json`,
    JSON.stringify({ parameters }),
  );
  return run;
}

const nameOf = ({ gene_set, null_model, space }: SpaceTest) =>
  `${gene_set} ${null_model} ${space}`;

const close = (value: number | null, wanted: number) =>
  assert.ok(Math.abs(value! - wanted) < 1e-12, `${value}, not ${wanted}`);

Deno.test("the stage writes the null, the test and the figure", async () => {
  await using run = await clustered(SMALL);
  const context = await run.context("ttest", QUICK);
  const { verdict } = await ttestStage.run(context);
  assert.match(
    verdict,
    /^AMI 1\.000 \(Monte Carlo error 0\.0000\) for shap \(6 genes\)/,
  );
  assert.match(
    verdict,
    /The null hypothesis, .*, cannot be rejected with 4 random sets: .* below 0\.200\. --ttest\.sets 20 or more can reject it at 0\.05\.$/,
  );

  const rows = (await run.read(nullValues)).slice(0, 12);
  assert.deepEqual(
    rows.map((row) => `${row.random_set}/${row.layout}`),
    [1, 2, 3, 4].flatMap((set) => [1, 2, 3].map((r) => `${set}/${r}`)),
  );
  const seed = (name: string) => deriveSeed(42, name);
  const last = rows[11];
  assert.equal(last.gene_seed, seed("ttest/set/4/genes"));
  assert.equal(last.embedding_seed, seed("ttest/set/4/umap/3"));
  assert.equal(last.kmeans_seed, seed("ttest/set/4/kmeans/umap/3/1"));

  const { tests: [found], gene_sets: [shap] } = await run.read(testResults);
  const means = [0, 1, 2, 3].map((set) =>
    rows.slice(3 * set, 3 * set + 3)
      .reduce((sum, row) => sum + row.ami, 0) / 3
  );
  const mean = means.reduce((a, b) => a + b) / 4;
  const sd = Math.sqrt(means.reduce((a, m) => a + (m - mean) ** 2, 0) / 3);
  close(found.null_mean, mean);
  close(found.null_sd, sd);
  close(found.t, (found.statistic - mean) / (sd * Math.sqrt(1.25)));
  assert.equal(found.df, 3);
  assert.equal(found.genes, 6);
  assert.equal(nameOf(found), "shap uniform umap");
  assert.ok(found.p_t! > 0 && found.p_t! < 1);
  const asExtreme = means.filter((m) => m >= found.statistic - 1e-12).length;
  assert.equal(found.n_as_extreme, asExtreme);
  assert.equal(found.p_empirical, (1 + asExtreme) / 5);
  assert.equal(shap.genes, 6);
  assert.deepEqual(
    shap.embedding_seeds,
    [1, 2, 3].map((layout) => seed(`clusters/shap/umap/${layout}`)),
  );
  // The one value of the set is that of the stage `clusters`.
  const own = (await run.read(scores)).filter(({ space }) => space === "umap")
    .slice(0, 3);
  assert.deepEqual(shap.kmeans_seeds, own.map((row) => row.kmeans_seed));
  assert.deepEqual(shap.v_measures, own.map((row) => row.v_measure));
  assert.deepEqual(shap.amis, own.map((row) => row.ami));
  const errorOf = (values: readonly number[]) => {
    const middle = values.reduce((a, b) => a + b) / 3;
    return Math.sqrt(
      values.reduce((a, v) => a + (v - middle) ** 2, 0) / 2 / 3,
    );
  };
  close(found.monte_carlo_se, errorOf(shap.amis));
  close(
    found.null_monte_carlo_se,
    Math.sqrt(
      [0, 1, 2, 3].reduce((sum, set) => {
        const own = rows.slice(3 * set, 3 * set + 3);
        return sum + errorOf(own.map((row) => row.ami)) ** 2 / 4;
      }, 0),
    ),
  );
  assert.ok(found.null_monte_carlo_se! > 0);
  // Nothing is significant with four random sets.
  assert.equal(found.critical_value, null);
  const files = await filesOf(context.folder);
  assert.match(files.get("null_tests.svg")!, /^<svg/);
  assert.deepEqual(run.warnings, []);
});

Deno.test("with enough random sets all tests are counted", async () => {
  await using run = await clustered(SMALL, ["pca"]);
  const { verdict } = await ttestStage.run(
    await run.context("ttest", { ...QUICK, sets: 20 }),
  );
  assert.match(verdict, /The null hypothesis, .*rejected at 0\.05/);
  assert.match(
    verdict,
    /P adjusted for the spaces: uniform: pca \d.*; matched: pca \d/,
  );
});

Deno.test("every null model is tested in every space", async () => {
  await using run = await clustered({ ...SMALL, genes: 200 });
  await ttestStage.run(await run.context("ttest", QUICK));
  const found = await run.read(testResults);
  const rows = await run.read(nullValues);
  assert.deepEqual(
    found.tests.map(nameOf),
    ["uniform", "matched"].flatMap((model) =>
      ["umap", "pca", "genes"].map((space) => `shap ${model} ${space}`)
    ),
  );
  assert.equal(rows.length, 2 * 4 * (3 + 2 + 2));
  for (const [index, test] of found.tests.entries()) {
    const own = rows.filter((row) =>
      row.null_model === test.null_model && row.space === test.space
    );
    assert.equal(own.length, test.sets * test.layouts * test.repeats);
    assert.equal(test.layouts, test.space === "umap" ? 3 : 1);
    const sum = own.reduce((all, row) => all + row.ami, 0);
    close(test.null_mean, sum / own.length);
    const [first] = found.other_measures.filter((other) =>
      other.null_model === test.null_model && other.space === test.space &&
      other.measure === "v_measure"
    );
    close(
      first.null_mean,
      own.reduce((all, row) => all + row.v_measure, 0) / own.length,
    );
    close(
      test.mean_gene_overlap,
      own.reduce((all, row) => all + row.shared_genes, 0) / own.length / 6,
    );
    const shap = found.gene_sets[index % 3];
    assert.equal(shap.space, test.space);
    const { length } = shap.amis;
    assert.equal(length, test.layouts * test.repeats);
    close(test.statistic, shap.amis.reduce((a, b) => a + b) / length);
    close(test.difference, test.statistic - test.null_mean);
    assert.equal(test.genes, 6);
    assert.ok(test.mean_gene_overlap >= 0 && test.mean_gene_overlap <= 1);
    if (test.within_set_sd === 0) assert.equal(test.within_set_p_t, null);
    else assert.ok(test.within_set_p_t! > 0 && test.within_set_p_t! <= 1);
  }
  assert.equal(found.other_measures.length, 12);
  const seeds = (model: string, space: string) =>
    rows.find((row) => row.null_model === model && row.space === space)!;
  const seed = (name: string) => deriveSeed(42, `ttest/${name}`);
  const matched = seeds("matched", "genes");
  assert.equal(matched.gene_seed, seed("matched/1/genes"));
  assert.equal(matched.embedding_seed, null);
  assert.equal(matched.kmeans_seed, seed("matched/1/kmeans/genes/1"));
  assert.equal(seeds("uniform", "pca").kmeans_seed, seed("set/1/kmeans/pca/1"));
  const [, pca] = found.gene_sets;
  assert.deepEqual(pca.embedding_seeds, []);
  assert.equal(
    pca.kmeans_seeds[1],
    deriveSeed(42, "clusters/shap/kmeans/pca/2"),
  );
});

Deno.test("a set of a user's file is tested with streams of its name", async () => {
  await using run = await clustered(SMALL, ["umap", "pca"], ["g7", "g1", "no"]);
  const both = { ...QUICK, "gene-sets": ["mine", "shap"] };
  await ttestStage.run(await run.context("ttest", both, 1, "both"));
  await ttestStage.run(await run.context("ttest", QUICK, 1, "shap"));
  const rows = await run.read(nullValues, "both");
  assert.deepEqual(
    rows.filter(({ gene_set }) => gene_set === "shap"),
    await run.read(nullValues, "shap"),
  );
  const mine = rows.filter(({ gene_set }) => gene_set === "mine");
  assert.equal(mine.length, 2 * 4 * (3 + 2));
  const seed = (name: string) => deriveSeed(42, name);
  assert.equal(mine[0].gene_seed, seed("ttest/mine/set/1/genes"));
  assert.equal(
    mine.at(-1)!.kmeans_seed,
    seed("ttest/mine/matched/4/kmeans/pca/2"),
  );
  const { tests, gene_sets } = await run.read(testResults, "both");
  assert.deepEqual(
    [...new Set(tests.map(({ gene_set, genes }) => `${gene_set} ${genes}`))],
    ["shap 6", "mine 2"],
  );
  const own = gene_sets.find(({ gene_set }) => gene_set === "mine")!;
  assert.equal(own.genes, 2);
  assert.equal(own.embedding_seeds[0], seed("clusters/mine/umap/1"));
  assert.equal(own.kmeans_seeds[0], seed("clusters/mine/kmeans/umap/1/1"));
});

Deno.test("a gene set that is not there is the user's error", async () => {
  await using run = await clustered(SMALL, ["pca"]);
  for (const name of ["mine", "all"]) {
    await assert.rejects(
      ttestStage.run(
        await run.context("ttest", { ...QUICK, "gene-sets": [name] }),
      ),
      (error) =>
        error instanceof InputError &&
        error.message.endsWith(
          `gene-sets: it is ${name} and should be one or more of shap`,
        ),
    );
  }
});

Deno.test("a random set is reproduced, and a change is noticed", async () => {
  await using run = await clustered(SMALL, ["umap", "pca"]);
  const context = await run.context("ttest", QUICK);
  await ttestStage.run(context);
  const { run: reproduce } = ttestStage.reproduce!;
  const sound = await reproduce(context, 3);
  assert.ok(sound.same);
  assert.equal(sound.lines.length, 4);
  assert.match(
    sound.lines[0],
    /^shap, uniform, umap: mean AMI -?0\.\d+ over 3 runs .*embedding seeds \d+, \d+, \d+\); every row/,
  );
  const path = `${context.folder}/null.csv`;
  const text = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, text.replace(/,umap,3,\d+/, ",umap,3,1"));
  const changed = await reproduce(context, 3);
  assert.ok(!changed.same);
  assert.match(changed.lines[0], /1 rows differ from null\.csv/);
  await assert.rejects(async () => await reproduce(context, 5), InputError);
});

Deno.test("the test is made where the samples were clustered", async () => {
  await using run = await clustered(SMALL, ["pca"]);
  await ttestStage.run(
    await run.context("ttest", { ...QUICK, "null-models": ["matched"] }),
  );
  const { tests, gene_sets } = await run.read(testResults);
  assert.deepEqual(tests.map(nameOf), ["shap matched pca"]);
  assert.deepEqual(gene_sets[0].embedding_seeds, []);
  assert.equal((await run.read(nullValues)).length, 4 * 2);
});

Deno.test("sets of another size cannot be matched", async () => {
  await using run = await clustered(SMALL, ["pca"]);
  await ttestStage.run(await run.context("ttest", { ...QUICK, genes: 9 }));
  const { tests } = await run.read(testResults);
  assert.deepEqual(tests.map(nameOf), ["shap uniform pca"]);
  assert.match(run.warnings.join("\n"), /No matched random sets are drawn/);
  const matched = { ...QUICK, "null-models": ["matched"], genes: 9 };
  await assert.rejects(
    ttestStage.run(await run.context("ttest", matched)),
    (error) =>
      error instanceof InputError &&
      /matched sets hold as many genes as the gene set shap, 6, and genes is 9/
        .test(error.message),
  );
  assert.throws(
    () => ttestStage.check!({ ...QUICK, "null-models": ["shuffled"] }),
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

Deno.test("more random sets are drawn from the same streams", async () => {
  await using run = await clustered(SMALL);
  const few = await run.context("ttest", { ...QUICK, sets: 2 }, 1, "few");
  const many = await run.context("ttest", QUICK, 1, "many");
  await ttestStage.run(few);
  await ttestStage.run(many);
  const all = await run.read(nullValues, "many");
  const some = await run.read(nullValues, "few");
  assert.equal(some.length, 2 * 2 * (3 + 2 + 2));
  assert.deepEqual(some, all.filter(({ random_set }) => random_set <= 2));
});

Deno.test("random sets stop where every space has many that score as high", async () => {
  // Genes that tell nothing: any set scores as high as they do.
  await using run = await clustered(
    { ...SMALL, marked: 0 },
    ["pca", "genes"],
    ["g7", "g9", "g20", "g31"],
  );
  const choices = { ...QUICK, "gene-sets": ["mine"], sets: 199 };
  const one = await run.context("ttest", choices, 1, "one");
  const two = await run.context("ttest", choices, 2, "two");
  await ttestStage.run(one);
  await ttestStage.run(two);
  assert.deepEqual(await filesOf(one.folder), await filesOf(two.folder));
  const { tests, other_measures } = await run.read(testResults, "one");
  const rows = await run.read(nullValues, "one");
  for (const model of ["uniform", "matched"]) {
    const all = [...tests, ...other_measures]
      .filter(({ null_model }) => null_model === model);
    const [{ sets }] = all;
    assert.ok(sets >= 20 && sets < 199, `${sets} sets`);
    // The last test that stopped is the one that all had to wait for.
    assert.equal(Math.max(...all.map((test) => test.sets_counted)), sets);
    for (const test of all) {
      assert.equal(test.sets, sets);
      assert.equal(test.n_as_extreme, 20);
      assert.equal(test.p_empirical, 20 / test.sets_counted);
      assert.ok(test.p_adjusted >= test.p_empirical);
      assert.equal(test.p_adjusted_high, 1);
    }
    const own = rows.filter(({ null_model }) => null_model === model);
    assert.equal(own.length, sets * 2 * 2);
    // By hand, from the table: the 20th set that is as high.
    const [test] = all;
    const means = Array.from({ length: sets }, (_, index) => {
      const runs = own.filter((row) =>
        row.random_set === index + 1 && row.space === test.space
      );
      return runs.reduce((sum, { ami }) => sum + ami, 0) / runs.length;
    });
    const hits = [...means.keys()]
      .filter((index) => means[index] >= test.statistic - 1e-12);
    assert.equal(hits[19] + 1, test.sets_counted);
  }
});

Deno.test("more random sets are drawn where the first are not clear", async () => {
  const choices = { ...QUICK, sets: 50, "first-look": 30 };
  // Few of 30 are as high as the marker genes: 0.05 is within p's interval.
  await using marked = await clustered(
    { ...SMALL, marked: 3, shap: 3 },
    ["pca", "genes"],
  );
  const one = await marked.context("ttest", choices, 1);
  const two = await marked.context("ttest", choices, 2, "two");
  await ttestStage.run(one);
  await ttestStage.run(two);
  assert.deepEqual(await filesOf(one.folder), await filesOf(two.folder));
  const { tests, other_measures } = await marked.read(testResults);
  // The other measures decide nothing: they keep the first sets.
  assert.ok(other_measures.every((test) => test.sets_counted <= 30));
  const uniform = tests.filter(({ null_model }) => null_model === "uniform");
  assert.equal(uniform.length, 2);
  for (const test of uniform) {
    assert.deepEqual([test.sets, test.sets_counted], [50, 50]);
    assert.ok(test.p_empirical >= (1 + test.n_as_extreme) / 51);
  }
  const again = await ttestStage.reproduce!.run(one, 50);
  assert.equal(again.same, true);
  // Genes that tell nothing: clear at the first look.
  await using other = await clustered(
    { ...SMALL, marked: 0 },
    ["pca", "genes"],
    ["g7", "g9", "g20", "g31"],
  );
  await ttestStage.run(
    await other.context("ttest", { ...choices, "gene-sets": ["mine"] }),
  );
  const found = await other.read(testResults);
  assert.ok(found.tests.every(({ sets }) => sets <= 30));
});

Deno.test("what cannot show anything is warned of", async () => {
  await using run = await clustered({ ...SMALL, shap: 40 });
  await ttestStage.run(await run.context("ttest", QUICK));
  assert.match(run.warnings.join("\n"), /gene set shap holds all 40 genes/);
  await using other = await clustered(SMALL);
  await ttestStage.run(await other.context("ttest", { ...QUICK, genes: 9 }));
  assert.match(
    other.warnings.join("\n"),
    /hold 9 genes and the gene set shap 6/,
  );
});

Deno.test("a handful of samples does not break the stage", async () => {
  for (const samples of [4, 6, 28]) {
    await using run = await clustered({ ...SMALL, samples });
    await ttestStage.run(await run.context("ttest", { ...QUICK, sets: 2 }));
    const { tests } = await run.read(testResults);
    assert.equal(tests.length, 6);
    for (const { p_empirical } of tests) assert.ok(p_empirical > 0);
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
