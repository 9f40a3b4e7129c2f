import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { openBackend } from "../../lib/backend/open.ts";
import { readNpy } from "../../lib/store/npy.ts";
import { RunError } from "../../lib/cli/errors.ts";
import { deriveSeed } from "../../lib/random.ts";
import { GENES, StudyFolder, TISSUES } from "../cnn/run_folder.ts";
import { explain } from "./explain.ts";

Deno.test("the stage writes its files, and they agree with each other", async () => {
  await using study = await StudyFolder.make();
  await study.train();
  await openBackend("wasm");
  const before = tf.memory().numTensors;
  const { verdict } = await explain(study);
  assert.equal(tf.memory().numTensors, before, "the stage leaks tensors");
  assert.deepEqual([...(await study.files("shap")).keys()], [
    "cutoff_curve.csv",
    "cutoff_curve.svg",
    "explanations.csv",
    "ranks.csv",
    "score_distribution.svg",
    "shap_genes.csv",
    "shap_values.npy",
    "stability.csv",
    "standard_errors.csv",
    "summary.json",
    "top_genes.svg",
  ]);
  assert.deepEqual(study.warnings, []);

  const { data, shape } = await readNpy(`${study.path}/shap/shap_values.npy`);
  assert.deepEqual(shape, [9, GENES]);
  assert.equal(
    await study.header("shap/explanations.csv"),
    "sample_id,tissue,predicted,model_output,base_value,shap_sum," +
      "additivity_gap,standard_error,seed,decoy_shap_sum,fold",
  );
  const explained = await study.table("shap/explanations.csv");
  const predicted = (await study.table("cnn/predictions.csv"))
    .filter(({ split }) => split === "test");
  explained.forEach((row, index) => {
    assert.equal(row.sample_id, predicted[index].sample_id);
    assert.equal(row.predicted, predicted[index].predicted);
    const [output, baseValue, sum, gap] = [
      "model_output",
      "base_value",
      "shap_sum",
      "additivity_gap",
    ].map((column) => Number(row[column]));
    assert.ok(Math.abs(output - Number(predicted[index].probability)) < 1e-6);
    assert.equal(gap, output - baseValue - sum);
    const scores = data.subarray(index * GENES, (index + 1) * GENES);
    const total = scores.reduce((a, b) => a + b, 0);
    // The table's sum is made before the scores are rounded to float32.
    assert.ok(Math.abs(total - sum) < 1e-6);
    assert.equal(
      Number(row.seed),
      deriveSeed(42, `shap/draws/${row.sample_id}`),
    );
  });

  const ranks = await study.table("shap/ranks.csv");
  assert.equal(await study.header("shap/ranks.csv"), "rank,leaf,root,seed");
  assert.equal(ranks.length, GENES);
  for (const tissue of TISSUES) {
    assert.equal(new Set(ranks.map((row) => row[tissue])).size, GENES);
    // Genes 0 to 8 tell the tissues apart: high in this one, or low in it.
    assert.ok(Number(ranks[0][tissue].slice(1)) < 9, `${ranks[0][tissue]}`);
  }

  const chosen = await study.table("shap/shap_genes.csv");
  assert.equal(
    await study.header("shap/shap_genes.csv"),
    "gene,tissue,rank,median_shap,standard_error",
  );
  for (const { gene, tissue, rank } of chosen) {
    assert.equal(ranks[Number(rank) - 1][tissue], gene);
  }
  const summary = await study.json("shap/summary.json");
  const listed = ranks.slice(0, summary.listed_ranks)
    .flatMap((row) => TISSUES.map((tissue) => row[tissue]));
  assert.deepEqual(
    new Set(chosen.map(({ gene }) => gene)),
    new Set(listed),
  );
  const gaps = explained.map((row) => Math.abs(Number(row.additivity_gap)));
  const meanGap = gaps.reduce((a, b) => a + b, 0) / 9;
  assert.ok(Math.abs(summary.mean_absolute_gap - meanGap) < 1e-12);
  // The gap's spread is that of 30 draws; scores of another class or sign
  // would leave a gap of at least the whole difference.
  assert.ok(meanGap < summary.mean_absolute_difference / 2, `gap ${meanGap}`);
  assert.equal(summary.genes, chosen.length);
  assert.equal(summary.explained, 9);
  assert.equal(summary.correct + summary.dropped, 9);
  assert.ok(
    verdict.startsWith(
      `${chosen.length} of 20 genes, cutoff at rank ${summary.listed_ranks}; `,
    ),
  );
});

Deno.test("one thread and two write the same bytes", async () => {
  await using study = await StudyFolder.make();
  await study.train({ epochs: 6 });
  const one = await explain(study, {}, 1, "one");
  assert.deepEqual(await explain(study, {}, 2, "two"), one);
  assert.deepEqual(await study.files("two"), await study.files("one"));
});

Deno.test("a tissue that is never predicted right has no ranks, and a warning names it", async () => {
  await using study = await StudyFolder.make({ disguised: ["root"] });
  await study.train();
  await explain(study);
  assert.equal(await study.header("shap/ranks.csv"), "rank,leaf,seed");
  assert.deepEqual(study.warnings, [
    "No ranks for 'root': no test sample of it was predicted right.",
  ]);
  const summary = await study.json("shap/summary.json");
  assert.deepEqual(summary.tissues_without_samples, ["root"]);
  assert.equal(summary.dropped, 3);
  const chosen = await study.table("shap/shap_genes.csv");
  assert.ok(chosen.every(({ tissue }) => tissue !== "root"));
  // The samples are explained all the same.
  const explained = await study.table("shap/explanations.csv");
  assert.equal(explained.filter((row) => row.tissue === "root").length, 3);
});

Deno.test("without a sample to rank the stage says what to do", async () => {
  await using wrong = await StudyFolder.make({ disguised: TISSUES });
  await wrong.train();
  await assert.rejects(
    explain(wrong),
    (error) =>
      error instanceof RunError &&
      /no test sample's tissue was predicted right/.test(error.message),
  );
  await using none = await StudyFolder.make({ without: ["test"] });
  await none.train({ epochs: 1 });
  await assert.rejects(
    explain(none),
    (error) =>
      error instanceof RunError && /the test part is empty/.test(error.message),
  );
});
