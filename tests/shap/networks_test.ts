/** The stage with ensembles, folds and other outputs of the networks. */

import assert from "node:assert/strict";
import { GENES, StudyFolder, TISSUES } from "../cnn/run_folder.ts";
import { explain, hideDecoys } from "./explain.ts";

const DECOYS = 8;

Deno.test("an ensemble is explained as its mean, and its networks are compared", async () => {
  await using study = await StudyFolder.make();
  await study.train({ ensemble: 2 });
  await explain(study);
  const summary = await study.json("shap/summary.json");
  assert.equal(summary.ensemble, 2);
  const { top, overlap, chance_overlap } = summary.networks_stability;
  // The genes that are higher in a tissue differ in number.
  assert.ok(chance_overlap > top / GENES && chance_overlap < 1);
  const pairs = (await study.table("shap/stability.csv"))
    .filter(({ source }) => source === "networks");
  assert.deepEqual(
    pairs.map(({ first, second, tissue }) => [first, second, tissue]),
    TISSUES.map((tissue) => ["1", "2", tissue]),
  );
  const mean = pairs.reduce((sum, row) => sum + Number(row.overlap) / 3, 0);
  assert.ok(Math.abs(mean - overlap) < 1e-12);
  const predicted = (await study.table("cnn/predictions.csv"))
    .filter(({ split }) => split === "test");
  const explained = await study.table("shap/explanations.csv");
  explained.forEach((row, index) => {
    assert.equal(row.predicted, predicted[index].predicted);
    const output = Number(row.model_output);
    assert.ok(Math.abs(output - Number(predicted[index].probability)) < 1e-6);
    const gap = Math.abs(Number(row.additivity_gap));
    assert.ok(gap < 5 * Number(row.standard_error) + 1e-6, `gap ${gap}`);
  });
});

Deno.test("the consensus holds what the networks agree on", async () => {
  await using study = await StudyFolder.make();
  await study.train({ ensemble: 2 });
  await explain(study);
  const { consensus } = await study.json("shap/summary.json");
  assert.deepEqual(
    [consensus.voters, consensus.top, consensus.share],
    [2, 2, 0.8],
  );
  assert.equal(
    await study.header("shap/consensus_genes.csv"),
    "tissue,rank,gene,name,share_of_networks,shap_rank,median_shap," +
      "direction,log2_fold_change,mean_in_tissue,mean_elsewhere,tau,description",
  );
  const rows = await study.table("shap/consensus_genes.csv");
  const ranks = await study.table("shap/ranks.csv");
  for (const tissue of consensus.tissues) {
    assert.equal(tissue.voters, 2);
    const own = rows.filter((row) => row.tissue === tissue.tissue);
    assert.equal(own.length, tissue.genes);
    own.forEach((row, index) => {
      assert.equal(Number(row.rank), index + 1);
      assert.equal(ranks[Number(row.shap_rank) - 1][row.tissue], row.gene);
      assert.equal(row.share_of_networks, "1");
      assert.equal(row.direction, "up");
    });
  }
  const listed = await study.table("shap/tissue_genes.csv");
  const agreed = new Set(rows.map(({ tissue, gene }) => `${tissue} ${gene}`));
  for (const { tissue, gene, in_consensus } of listed) {
    assert.equal(in_consensus, String(agreed.has(`${tissue} ${gene}`)));
  }
});

Deno.test("other outputs are explained with their own base values", async () => {
  await using study = await StudyFolder.make();
  await study.train({ ensemble: 2 });
  for (const output of ["log-odds", "centered-logit"] as const) {
    await explain(study, { output, draws: 100 });
    assert.equal((await study.json("shap/summary.json")).output, output);
    for (const row of await study.table("shap/explanations.csv")) {
      // Above 1, as no probability is.
      assert.ok(Number(row.model_output) > 1);
      const gap = Math.abs(Number(row.additivity_gap));
      assert.ok(gap < 5 * Number(row.standard_error) + 1e-5, `gap ${gap}`);
    }
    const ranks = await study.table("shap/ranks.csv");
    TISSUES.forEach((tissue, index) =>
      assert.equal(Number(ranks[0][tissue].slice(1)) % 3, index)
    );
  }
});

Deno.test("in folds each sample is explained by the networks that test it", async () => {
  await using study = await StudyFolder.make({ folds: 2 });
  await hideDecoys(study, DECOYS);
  await study.train({ ensemble: 2, epochs: 6 });
  await explain(study, {}, 2, "folds");
  const summary = await study.json("folds/summary.json");
  assert.deepEqual([summary.folds, summary.ensemble], [2, 2]);
  const samples = await study.table("prepare/samples.csv");
  const explained = await study.table("folds/explanations.csv");
  assert.deepEqual(
    explained.map(({ sample_id, fold }) => [sample_id, fold]),
    samples.map(({ sample_id, fold }) => [sample_id, fold]),
  );
  const predicted = await study.table("cnn/predictions.csv");
  explained.forEach((row, index) => {
    assert.equal(row.predicted, predicted[index].predicted);
    const output = Number(row.model_output);
    assert.ok(Math.abs(output - Number(predicted[index].probability)) < 1e-6);
  });
  await explain(study, {}, 1, "again");
  assert.deepEqual(await study.files("again"), await study.files("folds"));
});
