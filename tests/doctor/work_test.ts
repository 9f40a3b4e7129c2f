/** What a run has to do is counted as the stages count it. */

import assert from "node:assert/strict";
import { DENSITY_PREDICTIONS } from "../../lib/shap/alpha_density.ts";
import { describeNetwork } from "../../lib/cnn/architecture.ts";
import type { RunPlan } from "../../lib/doctor/plan.ts";
import { countWork } from "../../lib/doctor/work.ts";
import { defaults, madePlan } from "./made_plan.ts";

Deno.test("the work of one fold is what its networks and samples are", () => {
  const { cnn, shap, genesets, clusters, ttest, checks } = countWork(
    madePlan(),
  );
  assert.deepEqual(cnn, {
    networks: 5,
    trained: 5 * 100 * 60,
    recomputed: 5 * 60,
    predicted: 5 * (100 * 10 + 100),
  });
  assert.deepEqual(shap, {
    networks: 5,
    pools: 1,
    predicted: 5 * (30 + 60 + DENSITY_PREDICTIONS),
    explained: 5 * 30,
    draws: [50, 50],
  });
  // The ranking and the test of the one fold.
  assert.deepEqual(genesets.fits, [70, 70]);
  assert.equal(clusters.samples, 30);
  assert.equal(clusters.sets, 1 + 5);
  // The SHAP set has its scores from the stage `clusters`.
  assert.equal(ttest.sets, 2 * 100);
  // At most three samples of each tissue, by seven networks.
  assert.equal(checks.explained, 7 * (3 + 3 + 3 + 3));
  // 12 shuffled labels a tissue are learned long before 100 epochs are over.
  assert.equal(checks.trained, 8 * 48);
  assert.equal(checks.recomputed, 2 * 60 + 48);
  // A network of one block has little work with 840 draws.
  assert.equal(checks.pools, 0);
});

Deno.test("twice the folds are twice the networks and their work", () => {
  const one = countWork(madePlan());
  const two = countWork(madePlan({ foldCount: 2 }));
  assert.equal(two.cnn.trained, 2 * one.cnn.trained);
  assert.equal(two.cnn.recomputed, 2 * one.cnn.recomputed);
  assert.equal(two.shap.explained, 2 * one.shap.explained);
  assert.equal(two.shap.predicted, 2 * one.shap.predicted);
  assert.equal(two.clusters.samples, 2 * one.clusters.samples);
  // Of all samples, and of each fold.
  assert.deepEqual(two.genesets.fits, [100, 70, 70]);
  // The checks look at the first network only.
  assert.deepEqual(two.checks, one.checks);
});

Deno.test("the epochs on shuffled labels are the likely ones, or those asked for", () => {
  const trained = (epochs: number, changes: Partial<RunPlan> = {}) =>
    countWork(madePlan({
      values: { ...defaults, checks: { ...defaults.checks, epochs } },
      ...changes,
    })).checks.trained;
  // At most as many as the cnn stage's, and no more samples than there are.
  assert.equal(trained(0, { epochs: 3 }), 3 * 48);
  assert.equal(trained(0, { tissues: 20 }), 8 * 60);
  // All samples, if epochs are asked for.
  assert.equal(trained(200), 200 * 60);
});

Deno.test("workers explain the checks' samples of a larger network", () => {
  const architecture = describeNetwork({
    blocks: 1,
    width: 1,
    hidden: 512,
    genes: 20_000,
    tissues: 4,
  });
  assert.equal(countWork(madePlan({ architecture })).checks.pools, 1);
});

Deno.test("a single network has no member to compare it with", () => {
  const { checks, cnn } = countWork(madePlan({ members: 1 }));
  assert.equal(checks.networks, 6);
  assert.equal(cnn.networks, 1);
});

Deno.test("a fold without test samples is not explained", () => {
  const folds = [
    { train: 60, validation: 10, test: 30 },
    { train: 90, validation: 10, test: 0 },
  ];
  const { shap, genesets } = countWork(madePlan({ folds }));
  assert.equal(shap.pools, 1);
  assert.equal(shap.networks, 5);
  assert.equal(genesets.fits.length, 2);
});

Deno.test("with draws auto only the least and the most are known", () => {
  const values = { ...defaults, shap: { ...defaults.shap, draws: "auto" } };
  const { shap } = countWork(madePlan({ values: values as typeof defaults }));
  assert.deepEqual(shap.draws, [50, 3200]);
});

Deno.test("flags of the stages change their own work only", () => {
  const values = {
    ...defaults,
    clusters: { ...defaults.clusters, "random-sets": 2, sets: ["a.csv"] },
    ttest: { ...defaults.ttest, sets: 10, "null-models": ["uniform"] },
    checks: { ...defaults.checks, draws: 20, epochs: 8 },
  };
  const work = countWork(madePlan({ values }));
  assert.equal(work.clusters.sets, 4);
  assert.equal(work.ttest.sets, 10);
  assert.equal(work.checks.draws, 20);
  assert.equal(work.checks.trained, 8 * 60);
  assert.deepEqual(work.cnn, countWork(madePlan()).cnn);
});
