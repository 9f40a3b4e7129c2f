/** What a run has to do is counted as the stages count it. */

import assert from "node:assert/strict";
import { DENSITY_PREDICTIONS } from "../../lib/shap/alpha_density.ts";
import { describeNetwork } from "../../lib/cnn/architecture.ts";
import type { RunPlan } from "../../lib/doctor/plan.ts";
import { countWork } from "../../lib/doctor/work.ts";
import { randomPanelSeconds } from "../../lib/doctor/panel_work.ts";
import { costs, defaults, madePlan } from "./made_plan.ts";

Deno.test("the work of one fold is what its networks and samples are", () => {
  const { cnn, shap, genesets, clusters, ttest, checks } = countWork(
    madePlan(),
  );
  assert.deepEqual(cnn, {
    networks: 5,
    trained: 5 * 100 * 60,
    recomputed: 5 * 60,
    predicted: 5 * (100 * 10 + 100),
    judged: [{ train: 60, validation: 10, test: 30 }],
  });
  assert.deepEqual(shap, {
    // For the test samples, and for ten samples of four tissues that are not.
    networks: 2 * 5,
    pools: 2,
    predicted: 5 * (30 + 40 + 2 * (60 + DENSITY_PREDICTIONS)),
    explained: 5 * (30 + 40),
    draws: [50, 50],
    steps: 0,
    halves: {
      parts: 0,
      networks: 0,
      atATime: 1,
      learned: 35,
      trained: 0,
      recomputed: 0,
      predicted: 0,
      explained: 0,
    },
  });
  // The ranking and the test of the one fold.
  assert.deepEqual(genesets.fits, [70, 70]);
  assert.deepEqual(genesets.halves, { count: 50, samples: 35 });
  assert.deepEqual(genesets.trees, { samples: 70, rounds: 50 });
  assert.equal(clusters.samples, 30);
  assert.equal(clusters.sets, 1 + 5);
  // The SHAP set has its scores from the stage `clusters`.
  // Up to the first look, or all.
  assert.deepEqual(ttest.map(({ sets }) => sets), [2 * 199, 2 * 999]);
  // At most three samples of each tissue, by seven networks.
  assert.equal(checks.explained, 7 * (3 + 3 + 3 + 3));
  // 12 shuffled labels a tissue are learned long before 100 epochs are over.
  assert.equal(checks.trained, 8 * 48);
  assert.equal(checks.recomputed, 2 * 60 + 48);
  // A network of one block has little work with 840 draws.
  assert.equal(checks.pools, 0);
});

Deno.test("the study is compared as often as there are studies and tissues", () => {
  const work = (changes: Partial<RunPlan> = {}) =>
    countWork(madePlan(changes)).confounding;
  // Three studies of 33 samples, held out in two ways by two choices of genes;
  // 25 samples a tissue, of which 20 train, by 22 sets in five parts.
  assert.deepEqual(work().fits.map(({ times }) => times), [12, 4 * 5 * 22]);
  const [whole, within] = work().fits.map(({ rows }) => rows);
  assert.ok(Math.abs(whole - 200 / 3) < 1e-9);
  assert.ok(Math.abs(within - 20) < 1e-9);
  assert.equal(work().columns, 14);
  assert.deepEqual(work({ studies: 0 }), { fits: [], columns: 0 });
  // Donors of two samples each are not held out.
  assert.deepEqual(work({ studies: 50 }), { fits: [], columns: 108 });
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
  assert.equal(two.genesets.halves.samples, 50);
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
  const values = {
    ...defaults,
    shap: { ...defaults.shap, explained: "test" as const },
  };
  const { shap, genesets } = countWork(madePlan({ folds, values }));
  assert.equal(shap.pools, 1);
  assert.equal(shap.networks, 5);
  assert.equal(shap.explained, 5 * 30);
  assert.equal(genesets.fits.length, 2);
});

Deno.test("with draws auto only the least and the most are known", () => {
  const values = { ...defaults, shap: { ...defaults.shap, draws: "auto" } };
  const { shap } = countWork(madePlan({ values: values as typeof defaults }));
  assert.deepEqual(shap.draws, [50, 3200]);
});

Deno.test("other attributions take a step or 32 for each sample that ranks", () => {
  const stepsOf = (attributions: string[], folds = 1) => {
    const shap = { ...defaults.shap, attributions };
    const values = { ...defaults, shap } as typeof defaults;
    const own = Array.from(
      { length: folds },
      () => ({ train: 60, validation: 10, test: 30 }),
    );
    return countWork(madePlan({ folds: own, values })).shap.steps;
  };
  assert.equal(stepsOf(["none"]), 0);
  const one = stepsOf(["gradient-x-input"]);
  // Five networks explain the samples that they learned from.
  assert.ok(one > 0 && one <= 5 * 70, `${one}`);
  const both = ["gradient-x-input", "integrated-gradients"];
  assert.equal(stepsOf(both), 33 * one);
  // With folds the tested samples rank.
  assert.equal(stepsOf(["gradient-x-input"], 2), 5 * 2 * 30);
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
  assert.deepEqual(work.ttest.map(({ sets }) => sets), [10, 10]);
  assert.equal(work.checks.draws, 20);
  assert.equal(work.checks.trained, 8 * 60);
  assert.deepEqual(work.cnn, countWork(madePlan()).cnn);
});

Deno.test("panels are judged in each fold, by all sizes and the set", () => {
  const work = countWork(madePlan()).panels;
  // 1 to 30 genes of four tissues, and the set, at most all genes.
  assert.deepEqual(
    work.random.map(({ genes }) => genes),
    [4, 8, 12, 20, 40, 120, 200],
  );
  assert.ok(
    work.random.every(({ panels, train, test }) =>
      panels === 3 * 199 && train === 70 && test === 30
    ),
  );
  // The ranking of all genes, and seven panels each of 120 and of 200 genes.
  assert.deepEqual(work.fits, Array(15).fill(70));
  const two = countWork(madePlan({ foldCount: 2 })).panels;
  assert.equal(two.random.length, 2 * work.random.length);
  const time = (panels: typeof work) =>
    randomPanelSeconds(panels, costs.tables, 2);
  assert.ok(Math.abs(time(two) / time(work) - 2) < 1e-12);
});

Deno.test("splits and halves are trained and explained as often as they are asked for", () => {
  const { shap, splits } = defaults;
  const work = countWork(madePlan({
    values: {
      ...defaults,
      shap: { ...shap, halves: 20 },
      splits: { ...splits, splits: 10 },
    },
  }));
  // 80 of 100 samples learn, 8 of them validate; 40 are explained.
  assert.deepEqual(work.splits, {
    parts: 10,
    networks: 50,
    atATime: 1,
    learned: 80,
    trained: 50 * 100 * 72,
    recomputed: 50 * 72,
    predicted: 50 * (100 * 8 + 100 + 72 + 40 + DENSITY_PREDICTIONS),
    explained: 50 * 40,
  });
  // Half of 70 samples, of which 4 validate; all are explained.
  assert.deepEqual(work.shap.halves, {
    parts: 20,
    networks: 20,
    atATime: 1,
    learned: 35,
    trained: 20 * 100 * 31,
    recomputed: 20 * 31,
    predicted: 20 * (100 * 4 + 100 + 31 + 35 + DENSITY_PREDICTIONS),
    explained: 20 * 35,
  });
  assert.equal(countWork(madePlan()).splits.networks, 0);
});
