/** The stage `panels` on made-up runs. */

import assert from "node:assert/strict";
import { nearestCentroid } from "../../lib/ml/baselines.ts";
import { prepareKMeans } from "../../lib/ml/kmeans/kmeans.ts";
import { predictRidge, trainRidge } from "../../lib/ml/ridge.ts";
import { find } from "../../lib/panels/find_rows.ts";
import {
  nullPanels,
  panelGenes,
  panelPredictions,
  panels,
  summary,
} from "../../lib/panels/outputs.ts";
import { drawPanels } from "../../lib/panels/panel_worker.ts";
import { deriveSeed } from "../../lib/random.ts";
import { rankingMethods } from "../../lib/rankings/methods.ts";
import { foldRanks } from "../../lib/shap/outputs.ts";
import { holm } from "../../lib/statistics/adjust_p.ts";
import { classificationScores } from "../../lib/statistics/classification_scores.ts";
import { clusteringScores } from "../../lib/statistics/clustering_scores.ts";
import { mean } from "../../lib/statistics/describe.ts";
import { empiricalP } from "../../lib/statistics/empirical_p.ts";
import { differences, listsBy, makeMatrix } from "./made_matrix.ts";
import {
  geneId,
  type MadeData,
  MadePanels,
  type MadeSample,
  TISSUES,
} from "./made_run.ts";

const GENES = 50;

/** Genes 0 and 1 mark leaf, 2 and 3 root, 4 and 5 stem. */
function marked(folds = 1): MadeData & { readonly samples: MadeSample[] } {
  const samples = makeMatrix({
    genes: GENES,
    samples: 12,
    tested: 4,
    seed: 2,
    folds,
    add: (tissue, gene) => Math.floor(gene / 2) === tissue ? 3 : 0,
  });
  const listsOf = (kept: (sample: MadeSample) => boolean) =>
    listsBy(differences(samples.filter(kept)));
  return {
    samples,
    genes: Array.from({ length: GENES }, (_, gene) => geneId(gene)),
    foldLists: Array.from(
      { length: folds },
      (_, index) => listsOf(({ fold }) => fold !== index + 1),
    ),
    testLists: listsOf(({ fold }) => fold > 0),
  };
}

/** The samples as the stage judges them: by id, some genes. */
function take(
  samples: readonly MadeSample[],
  kept: (sample: MadeSample) => boolean,
  genes: Iterable<number>,
) {
  const rows = samples.filter(kept).toSorted((a, b) => a.id < b.id ? -1 : 1);
  const columns = [...genes];
  return {
    values: Float32Array.from(
      rows.flatMap(({ values }) => columns.map((gene) => values[gene])),
    ),
    classes: rows.map(({ tissue }) => TISSUES.indexOf(tissue)),
    width: columns.length,
  };
}

/** Scores of genes by the functions that the stage is made of. */
function scoresByHand(samples: readonly MadeSample[], genes: number[]) {
  const train = take(samples, ({ fold }) => fold === 0, genes);
  const test = take(samples, ({ fold }) => fold === 1, genes);
  const centroid = nearestCentroid(
    train.values,
    train.classes,
    test.values,
    test.width,
  );
  const ridge = predictRidge(
    trainRidge(train.values, train.classes, 3, train.width),
    test.values,
  );
  const run = prepareKMeans(Float64Array.from(test.values), test.width, {
    clusters: 3,
    restarts: 10,
  });
  const clusterings = [1, 2, 3].map((repeat) =>
    clusteringScores(
      test.classes,
      run(deriveSeed(42, `panels/fold/1/kmeans/${repeat}`)).assignments,
    )
  );
  return {
    centroid: classificationScores(test.classes, centroid, 3),
    ridge: classificationScores(test.classes, ridge, 3),
    ami: mean(clusterings.map(({ ami }) => ami)),
    v: mean(clusterings.map(({ vMeasure }) => vMeasure)),
    ari: mean(clusterings.map(({ ari }) => ari)),
    predictions: { centroid, ridge },
  };
}

Deno.test("a panel's scores are those of classifiers and clusters by hand", async () => {
  const data = marked();
  await using run = await MadePanels.make(data);
  const verdict = await run.judge();
  assert.match(
    verdict,
    /^SHAP, 1 gene a tissue: macro F1 [\d.]+ on 12 test samples, random genes/,
  );
  const genes = (await run.read(panelGenes))
    .filter(({ ranking }) => ranking === "shap").map(({ gene }) => gene);
  assert.deepEqual(
    genes.toSorted(),
    [0, 1, 2, 3, 4, 5].map(geneId),
  );
  const wanted = scoresByHand(data.samples, [0, 1, 2, 3, 4, 5]);
  const rows = await run.read(panels);
  const value = (score: Parameters<typeof find>[3]) =>
    find(rows, "shap", 2, score)!.value;
  assert.equal(value("centroid_macro_f1"), wanted.centroid.macroF1);
  assert.equal(value("centroid_accuracy"), wanted.centroid.accuracy);
  assert.equal(value("ridge_macro_f1"), wanted.ridge.macroF1);
  assert.equal(value("ridge_accuracy"), wanted.ridge.accuracy);
  assert.equal(value("ami"), wanted.ami);
  assert.equal(value("v_measure"), wanted.v);
  assert.equal(value("ari"), wanted.ari);
  const predicted = (await run.read(panelPredictions))
    .filter(({ ranking, size }) => ranking === "shap" && size === 2);
  for (const classifier of ["centroid", "ridge"] as const) {
    assert.deepEqual(
      predicted.filter((row) => row.classifier.endsWith(classifier))
        .map((row) => TISSUES.indexOf(row.predicted)),
      [...wanted.predictions[classifier]],
    );
  }
});

Deno.test("random panels can be drawn again, and p follows from them", async () => {
  const data = marked();
  await using run = await MadePanels.make(data);
  await run.judge();
  const nulls = await run.read(nullPanels);
  // SHAP by training and by test samples, and all others; three sizes.
  assert.equal(nulls.length, (2 + rankingMethods.length) * 3 * 79);
  const byId = Uint32Array.from({ length: GENES }, (_, gene) => gene);
  for (
    const row of nulls.filter(({ ranking, size }) =>
      ranking === "shap" && size === 2
    ).slice(0, 5)
  ) {
    assert.equal(
      row.gene_seed,
      deriveSeed(42, `panels/random/2/${row.random_set}`),
    );
    const [drawn] = drawPanels(byId, [6], row.gene_seed);
    const genes = [...drawn];
    assert.equal(new Set(genes).size, 6);
    const wanted = scoresByHand(data.samples, genes);
    assert.equal(row.macro_f1, wanted.centroid.macroF1);
    assert.equal(row.ami, wanted.ami);
    assert.equal(row.v_measure, wanted.v);
  }
  const rows = (await run.read(panels)).filter(({ ranking }) =>
    ranking === "shap"
  );
  const tested = rows.filter(({ score }) => score === "centroid_macro_f1");
  assert.deepEqual(tested.map(({ size }) => size), [1, 2, 0]);
  const p = tested.map(({ size, value }) =>
    empiricalP(
      nulls.filter((row) => row.ranking === "shap" && row.size === size)
        .map(({ macro_f1 }) => macro_f1),
      value,
    )
  );
  assert.deepEqual(tested.map((row) => row.p), p);
  assert.deepEqual(tested.map((row) => row.adjusted_p), [...holm(p)]);
  const v = rows.find(({ score }) => score === "v_measure")!;
  assert.ok(v.p !== null && v.adjusted_p === null);
  const ridge = rows.find(({ score }) => score === "ridge_macro_f1")!;
  assert.deepEqual([ridge.null_mean, ridge.p, ridge.adjusted_p], [
    null,
    null,
    null,
  ]);
});

Deno.test("a smaller random panel of a seed is part of a larger one", () => {
  const byId = Uint32Array.of(3, 1, 4, 0, 2);
  const [few, many] = drawPanels(byId, [2, 4], 9).map((genes) => [...genes]);
  assert.ok(few.every((gene) => many.includes(gene)));
  // In the order of the ids.
  assert.deepEqual(many, [...byId].filter((gene) => many.includes(gene)));
});

Deno.test("folds judge their own samples, with their own lists", async () => {
  const data = marked(3);
  await using run = await MadePanels.make(data);
  await run.judge();
  const { samples, folds, clustered_samples } = await run.read(summary);
  assert.deepEqual([samples, folds, clustered_samples], [36, 3, 36]);
  const rows = await run.read(panelPredictions);
  const own = rows.filter(({ ranking, size, classifier }) =>
    ranking === "shap" && size === 1 && classifier === "nearest_centroid"
  );
  assert.deepEqual(
    own.map(({ sample_id, fold }) => [sample_id, fold]),
    data.samples.map(({ id, fold }) => [id, fold]),
  );
  const tissueOf = new Map(data.samples.map(({ id, tissue }) => [id, tissue]));
  const pooled = classificationScores(
    own.map(({ sample_id }) => TISSUES.indexOf(tissueOf.get(sample_id)!)),
    own.map(({ predicted }) => TISSUES.indexOf(predicted)),
    3,
  );
  const table = await run.read(panels);
  assert.equal(
    find(table, "shap", 1, "centroid_macro_f1")!.value,
    pooled.macroF1,
  );
  assert.equal(
    find(table, "shap", 1, "centroid_accuracy")!.value,
    pooled.accuracy,
  );
  // The study's list is one for all folds.
  const genes = await run.read(panelGenes);
  const listOf = (ranking: string, fold: number) =>
    genes.filter((row) => row.ranking === ranking && row.fold === fold)
      .map(({ gene }) => gene);
  assert.deepEqual(listOf("shap_test", 1), listOf("shap_test", 3));
});

Deno.test("orders, threads and the order of the sizes change nothing", async () => {
  const data = marked(2);
  const turned: MadeData = {
    ...data,
    genes: data.genes.toReversed(),
    samples: data.samples.map((sample) => ({
      ...sample,
      values: sample.values.toReversed(),
    })).toReversed(),
  };
  const contents = [];
  for (
    const [made, threads, sizes] of [
      [data, 1, ["1", "3"]],
      [data, 2, ["3", "1", "3"]],
      [turned, 1, ["1", "3"]],
    ] as const
  ) {
    await using run = await MadePanels.make(made);
    await run.judge({ sizes, sets: 25 }, threads);
    contents.push(await run.files("panels"));
  }
  assert.equal(Object.keys(contents[0]).length, 6);
  assert.deepEqual(contents[1], contents[0]);
  assert.deepEqual(contents[2], contents[0]);
});

Deno.test("without ranks of training samples there is no clean SHAP", async () => {
  const { foldLists: _, ...data } = marked();
  await using run = await MadePanels.make(data);
  await run.judge();
  const { rankings, optimism } = await run.read(summary);
  assert.deepEqual(
    rankings.map(({ ranking, seen }) => [ranking, seen]),
    [
      ["shap_test", true],
      ...rankingMethods.map(({ name }) => [name, false]),
    ],
  );
  assert.deepEqual(optimism, []);
  // A tissue's four first genes, and as many of the simple rankings.
  const sets = (await run.read(panels))
    .filter(({ size, score }) => size === 0 && score === "ami")
    .map(({ genes }) => genes);
  assert.deepEqual(new Set(sets).size, 1);
});

Deno.test("a fold of one tissue is predicted, and not clustered", async () => {
  const data = marked();
  const samples = data.samples.map((sample) => ({
    ...sample,
    fold: sample.fold === 1 && sample.tissue !== "leaf" ? 0 : sample.fold,
  }));
  await using run = await MadePanels.make({ ...data, samples });
  await run.judge();
  const { clustered_samples, not_clustered } = await run.read(summary);
  assert.equal(clustered_samples, 0);
  assert.deepEqual(not_clustered, [{ fold: 1, samples: 4, tissues: 1 }]);
  assert.match(run.warnings.join(), /Fold 1 is not clustered: it has 4 test/);
  const rows = await run.read(panels);
  assert.ok(rows.length > 0 && rows.every(({ score }) => score !== "ami"));
  const { text } = await run.report();
  assert.match(text, /Fold 1 is not clustered/);
  assert.doesNotMatch(text, /### AMI/);
});

Deno.test("without test samples nothing is judged, and nothing fails", async () => {
  const data = marked();
  const samples = data.samples.map((sample) => ({ ...sample, fold: 0 }));
  await using run = await MadePanels.make({ ...data, samples });
  assert.equal(await run.judge(), "No panel is judged (0 test samples)");
  assert.match(run.warnings.join(), /there is no test sample/);
  assert.deepEqual(await run.read(panels), []);
  const { text, headline, verdict } = await run.report();
  assert.match(text, /No panel of genes is judged/);
  assert.equal(headline, "");
  assert.match(verdict, /No panel of genes is judged/);
});

Deno.test("a list that ends early, and one that is empty", async () => {
  const data = marked();
  await using run = await MadePanels.make({
    ...data,
    foldLists: [{ leaf: [geneId(0)], root: [geneId(0), geneId(2)] }],
    selected: 0,
  });
  await run.judge({ sizes: ["1", "2", "30"], sets: 99 });
  const own = (await run.read(panels)).filter(({ ranking, score }) =>
    ranking === "shap" && score === "ami"
  );
  assert.deepEqual(own.map(({ size, genes }) => [size, genes]), [
    [1, 1],
    [2, 2],
    [30, 2],
  ]);
  const { not_judged } = await run.read(summary);
  assert.deepEqual(
    not_judged.map(({ ranking, size }) => [ranking, size]),
    ["shap", "shap_test", ...rankingMethods.map(({ name }) => name)]
      .map((name) => [name, 0]),
  );
  assert.match(run.warnings[0], /shap with its whole set are not judged/);
});

Deno.test("too few random panels are said to show nothing", async () => {
  await using run = await MadePanels.make(marked());
  await run.judge({ sets: 59 });
  assert.match(
    run.warnings.join(),
    /No panel can be better than chance: 59 random panels and 3 sizes give no adjusted p below 0\.0500/,
  );
  const { verdict } = await run.report();
  assert.match(verdict, /`--panels\.sets 60`/);
  await using enough = await MadePanels.make(marked());
  await enough.judge({ sets: 60 });
  assert.deepEqual(enough.warnings, []);
});

Deno.test("files that do not fit are refused", async () => {
  const data = marked();
  const lists = data.foldLists![0];
  await using unknown = await MadePanels.make({
    ...data,
    foldLists: [{ ...lists, leaf: ["other"] }],
  });
  await assert.rejects(
    unknown.judge(),
    /Cannot use shap\/fold_ranks\.csv: its gene 'other' is not in the matrix/,
  );
  await using missing = await MadePanels.make({
    ...marked(2),
    foldLists: [lists],
  });
  await assert.rejects(missing.judge(), /it has no ranks for fold 2/);
  await using broken = await MadePanels.make(data);
  await Deno.writeTextFile(`${broken.path}/${foldRanks.file}`, "fold\n1\n");
  await assert.rejects(broken.judge(), /its columns are fold and should be/);
});
