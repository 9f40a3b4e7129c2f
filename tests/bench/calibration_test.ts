/** The calibration: intervals, counts, and a trial. */

import assert from "node:assert/strict";
import {
  countRejections,
  formatRate,
  rejects,
  wilsonInterval,
} from "../../bench/calibration/counts.ts";
import { trySets } from "../../bench/calibration/sets.ts";
import { SMALL, type TrialTest } from "../../bench/calibration/setup.ts";
import { simulateStudy } from "../../bench/calibration/study.ts";
import { testRuns } from "../../bench/naive_tests.ts";

const trial: TrialTest = {
  scenario: "A",
  nullModel: "uniform",
  space: "umap",
  measure: "ami",
  statistic: 0.5,
  nullMean: 0.4,
  pT: 0.04,
  pEmpirical: 0.06,
  pAdjusted: 0.05,
  sets: 100,
  withinSetP: null,
  twoSetsP: 0.2,
  otherMean: 0.3,
};

Deno.test("Wilson's interval is SciPy's", () => {
  // scipy.stats.binomtest(hits, trials).proportion_ci(method="wilson")
  const golden: [number, number, number, number][] = [
    [0, 10, 0, 0.2775327998628893],
    [10, 200, 0.02738264560076392, 0.08957814813877599],
    [10, 10, 0.7224672001371109, 1],
  ];
  for (const [hits, trials, low, high] of golden) {
    const interval = wilsonInterval(hits, trials);
    assert.ok(Math.abs(interval[0] - low) < 1e-12, `${interval}`);
    assert.ok(Math.abs(interval[1] - high) < 1e-12, `${interval}`);
  }
});

Deno.test("each test counts by its own p; with an sd of 0 any score above the mean is a rejection", () => {
  assert.equal(rejects("p_t", trial), true);
  assert.equal(rejects("p_empirical", trial), false);
  assert.equal(rejects("p_adjusted", trial), true);
  assert.equal(rejects("p_t", { ...trial, pT: undefined }), null);
  assert.equal(rejects("within_set", trial), true);
  assert.equal(rejects("within_set", { ...trial, statistic: 0.4 }), false);
  assert.equal(rejects("p_t", { ...trial, pT: null }), null);
  assert.equal(rejects("two_sets", trial), false);
  assert.equal(rejects("two_sets", { ...trial, twoSetsP: null }), true);
});

Deno.test("a trial without a test does not count for it", () => {
  const counts = countRejections([
    trial,
    { ...trial, pT: null, pEmpirical: 0.05 },
    { ...trial, space: "pca", pT: 0.2 },
  ]);
  const found = (space: string, test: string) => {
    const count = counts.find((each) =>
      each.space === space && each.test === test
    );
    return [count?.rejected, count?.trials];
  };
  assert.deepEqual(found("umap", "p_t"), [1, 1]);
  assert.deepEqual(found("umap", "p_empirical"), [1, 2]);
  assert.deepEqual(found("pca", "p_t"), [0, 1]);
});

Deno.test("runs are compared by Student's t-test of two samples", () => {
  // scipy.stats.ttest_ind(a, b, alternative="greater").pvalue
  const p = testRuns([0.5, 0.6, 0.7], [0.4, 0.5, 0.45]);
  assert.ok(Math.abs(p! - 0.0404000686094423) < 1e-12, `${p}`);
});

Deno.test("a rate is described in words", () => {
  const describe = (
    rejected: number,
    trials: number,
    test: "p_t" | "p_adjusted" = "p_t",
  ) =>
    formatRate({
      scenario: "A",
      null_model: "uniform",
      space: "umap",
      measure: "ami",
      test,
      trials,
      rejected,
      interval: wilsonInterval(rejected, trials),
    });
  assert.equal(describe(3, 200), "rejects too rarely");
  assert.equal(describe(4, 200), "rejects at the nominal rate");
  assert.equal(describe(16, 200), "rejects at the nominal rate");
  assert.equal(describe(17, 200), "rejects too often");
  assert.equal(describe(35, 1000), "rejects too rarely");
  assert.equal(describe(36, 1000), "rejects at the nominal rate");
  assert.equal(describe(64, 1000), "rejects at the nominal rate");
  assert.equal(describe(66, 1000), "rejects too often");
  assert.equal(describe(0, 10), "needs more trials");
  assert.equal(describe(9, 10), "rejects too often");
  assert.equal(
    describe(0, 200, "p_adjusted"),
    "rejects at the nominal rate or less",
  );
  assert.equal(describe(19, 200, "p_adjusted"), "rejects too often");
});

Deno.test("shuffled labels are the same labels in another order", () => {
  const options = { size: SMALL, samples: 40, allTested: false, seed: 3 };
  const real = simulateStudy({ ...options, shuffled: false });
  const shuffled = simulateStudy({ ...options, shuffled: true });
  assert.deepEqual(real.values, shuffled.values);
  assert.notDeepEqual(real.tissues, shuffled.tissues);
  assert.deepEqual(
    real.tissues.toSorted(),
    shuffled.tissues.toSorted(),
  );
});

Deno.test("a trial depends only on its seed, and its labels change only the scores", async () => {
  const setup = {
    sets: 3,
    restarts: 2,
    firstLook: 1_000_000,
    restartsHighDim: 2,
    layouts: 2,
    layoutRepeats: 1,
    repeats: 2,
    samples: 16,
    epochs: 1,
    draws: 1,
    study: SMALL,
  };
  const trySeed = async (seed: number, umap = true) =>
    (await trySets(setup, { seed, umap })).tests;
  const tests = await trySeed(7);
  assert.deepEqual(await trySeed(7), tests);
  assert.notDeepEqual(await trySeed(8), tests);
  const main = tests.filter(({ measure }) => measure === "ami");
  assert.equal(tests.length, 3 * main.length);
  assert.deepEqual(
    main.map(({ scenario, space }) => scenario + space),
    ["A", "B"].flatMap((scenario) =>
      ["umap", "pca", "genes", "together"].map((space) => scenario + space)
    ),
  );
  assert.notEqual(main[0].statistic, main[4].statistic);
  assert.equal(
    main[3].pAdjusted,
    Math.min(...main.slice(0, 3).map(({ pAdjusted }) => pAdjusted)),
  );
  const without = await trySeed(7, false);
  assert.ok(without.every(({ space }) => space !== "umap"));
  // The same sets and seeds as with UMAP.
  assert.equal(
    without.find(({ space }) => space === "pca")!.statistic,
    main[1].statistic,
  );
});
