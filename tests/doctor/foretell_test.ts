/** Time, memory and disk grow as what they are made of. */

import assert from "node:assert/strict";
import { foretellDisk } from "../../lib/doctor/foretell_disk.ts";
import {
  foretellMemory,
  peakMemory,
} from "../../lib/doctor/foretell_memory.ts";
import { foretellTimes, totalTime } from "../../lib/doctor/foretell_time.ts";
import type { RunPlan } from "../../lib/doctor/plan.ts";
import { countWork } from "../../lib/doctor/work.ts";
import { perSample } from "../../lib/doctor/measure_network.ts";
import { growthOf, samplesToTime } from "../../lib/doctor/measure_sets.ts";
import { pipeline } from "../../lib/pipeline/stages.ts";
import { costs, defaults, madePlan } from "./made_plan.ts";

const times = (plan: RunPlan, own = costs) =>
  foretellTimes(plan, countWork(plan), own);

const process = { base: 1e8, input: 3e8, maxBufferBytes: 2 ** 31 };

Deno.test("every stage but the simulation has a time and memory", () => {
  const stages = pipeline.stages.map(({ name }) => name)
    .filter((name) => name !== pipeline.simulator);
  const plan = madePlan();
  assert.deepEqual(Object.keys(times(plan)), stages);
  assert.deepEqual(Object.keys(foretellMemory(plan, process)), stages);
  const [least, most] = totalTime(times(plan));
  // Only the random sets that are not clear at the first look are open.
  const [clear, open] = times(plan).ttest;
  assert.ok(Math.abs(most - least - (open - clear)) < 1e-9);
  assert.ok(least > 0 && Number.isFinite(least));
});

Deno.test("terms take time and memory if an annotation is given", () => {
  const given = (top: number) =>
    madePlan({
      values: {
        ...defaults,
        enrichment: { ...defaults.enrichment, gaf: "there.gaf", top },
      },
    });
  const [none, some, more] = [madePlan(), given(10), given(100)];
  assert.ok(times(none).enrichment[0] < 0.2);
  assert.ok(times(some).enrichment[0] > times(none).enrichment[0]);
  assert.ok(times(more).enrichment[0] > times(some).enrichment[0]);
  const memory = (plan: RunPlan) => foretellMemory(plan, process).enrichment;
  assert.ok(memory(some) > memory(none) + 2e8);
});

Deno.test("another cohort takes time and memory if one is given", () => {
  const given = (random: number) =>
    madePlan({
      values: {
        ...defaults,
        external: { ...defaults.external, external: "there.csv", random },
      },
    });
  const [none, some, more] = [madePlan(), given(99), given(199)];
  assert.ok(times(none).external[0] < 0.2);
  // The file is read and prepared as the run's is.
  assert.ok(times(some).external[0] > 1.5);
  const added = times(more).external[0] - times(some).external[0];
  // A hundred sets in one of two threads, and panels beside them.
  assert.ok(added > 100 * 2 * costs.sets.high, `${added}`);
  assert.ok(added < 2 * 100 * 2 * costs.sets.high, `${added}`);
  const memory = (plan: RunPlan) => foretellMemory(plan, process).external;
  assert.ok(memory(some) > memory(none));
});

Deno.test("splits and halves take time if they are asked for, splits memory, too", () => {
  const given = (splits: number, halves: number) =>
    madePlan({
      values: {
        ...defaults,
        shap: { ...defaults.shap, halves },
        splits: { splits },
      },
    });
  const [none, ten, twenty] = [given(1, 0), given(10, 10), given(20, 20)];
  assert.ok(times(none).splits[0] < 0.2);
  // Each split takes about as long as training and explaining once.
  const once = times(none).cnn[0] + times(none).shap[0];
  const share = times(ten).splits[0] / (10 * once);
  assert.ok(share > 0.5 && share < 2, `${share}`);
  for (const stage of ["shap", "splits"]) {
    const [a, b, c] = [none, ten, twenty].map((plan) => times(plan)[stage][0]);
    const growth = (c - b) / (b - a);
    assert.ok(Math.abs(growth - 1) < 0.1, `${stage} ${growth}`);
  }
  const memory = (plan: RunPlan) => foretellMemory(plan, process).splits;
  assert.ok(memory(ten) > memory(none));
  assert.equal(memory(ten), memory(twenty));
});

Deno.test("twice the folds or members take twice the training", () => {
  const one = times(madePlan()).cnn[0];
  const folds = times(madePlan({ foldCount: 2 })).cnn[0];
  const members = times(madePlan({ members: 10 })).cnn[0];
  assert.ok(Math.abs(folds / one - 2) < 0.1, `${folds / one}`);
  assert.ok(Math.abs(members / one - 2) < 0.1, `${members / one}`);
});

Deno.test("networks side by side take a round each, and memory each", () => {
  const turn = madePlan({ members: 5 });
  const sideBySide = { ...turn, trainedAtATime: 2 };
  const training = countWork(turn).cnn.trained;
  const spared = times(turn).cnn[0] - times(sideBySide).cnn[0];
  // Three rounds of two, at the slower pace of one thread.
  const expected = training * (1e-3 - 3 / 5 * 1.2e-3);
  assert.ok(Math.abs(spared / expected - 1) < 0.2, `${spared}, ${expected}`);
  const memory = (plan: RunPlan) => foretellMemory(plan, process);
  const three = { ...sideBySide, trainedAtATime: 3 };
  assert.ok(memory(three).cnn > memory(sideBySide).cnn);
  assert.equal(memory(three).shap, memory(sideBySide).shap);
});

Deno.test("a stage takes longer by what its own work takes longer", () => {
  const plan = madePlan();
  const slow = {
    ...costs,
    network: { ...costs.network, draw: 2 * costs.network.draw },
  };
  const work = countWork(plan);
  const [before, after] = [times(plan), times(plan, slow)];
  const more = (stage: string) => after[stage][0] - before[stage][0];
  const close = (a: number, b: number) =>
    assert.ok(Math.abs(a - b) < 1e-9, `${a} and ${b}`);
  close(more("shap"), costs.network.draw * work.shap.explained * 50);
  // So little work is done in one thread, for which a draw was not timed.
  close(
    more("checks"),
    2 * costs.network.draw * work.checks.explained * work.checks.draws,
  );
  for (const stage of ["prepare", "cnn", "genesets", "clusters", "ttest"]) {
    close(more(stage), 0);
  }
});

Deno.test("a step of another attribution takes as long as a draw", () => {
  const plan = madePlan();
  const shap = { ...plan.values.shap, attributions: ["integrated-gradients"] };
  const asked = { ...plan, values: { ...plan.values, shap } };
  const more = times(asked).shap[0] - times(plan).shap[0];
  const expected = costs.network.draw * countWork(asked).shap.steps;
  assert.ok(Math.abs(more - expected) < 1e-9, `${more}, ${expected}`);
});

Deno.test("the test's time goes with its random sets", () => {
  const of = (sets: number) =>
    times(madePlan({
      values: { ...defaults, ttest: { ...defaults.ttest, sets } },
    })).ttest;
  const each = costs.sets.embed + costs.sets.low + 3 * costs.sets.high;
  const first = defaults.ttest["first-look"];
  const [few, many] = [of(100), of(300)];
  assert.equal(few[0], few[1]);
  const close = (value: number, sets: number) =>
    assert.ok(Math.abs(value - 2 * sets * each) < 1e-9, `${value}`);
  close(many[0] - few[0], first - 100);
  close(many[1] - few[1], 200);
});

Deno.test("logistic regression: by folds at a time, tissues and the samples' square", () => {
  const slow = {
    ...costs,
    tables: { ...costs.tables, logistic: 2 * costs.tables.logistic },
  };
  const of = (
    fold: { train: number; validation: number; test: number },
    count = 1,
    tissues = 4,
    threads = 1,
  ) => {
    const made = madePlan({ folds: Array(count).fill(fold), tissues });
    const plan = { ...made, settings: { ...made.settings, threads } };
    const [before, after] = [times(plan), times(plan, slow)];
    assert.ok(Math.abs(before.genesets[0] - after.genesets[0]) < 1e-9);
    return after.cnn[0] - before.cnn[0];
  };
  const close = (a: number, b: number) =>
    assert.ok(Math.abs(a - b) < 1e-9, `${a} and ${b}`);
  const one = of({ train: 60, validation: 10, test: 30 });
  close(one, costs.tables.logistic * 60 ** 2 * 4);
  close(of({ train: 60, validation: 10, test: 30 }, 3), 3 * one);
  close(of({ train: 60, validation: 10, test: 30 }, 3, 4, 2), 2 * one);
  close(of({ train: 60, validation: 10, test: 30 }, 1, 8), 2 * one);
  close(of({ train: 120, validation: 10, test: 30 }), 4 * one);
  // The penalty is chosen by an inner cross-validation.
  close(of({ train: 60, validation: 0, test: 30 }), 2 * one);
  // Nothing is judged.
  assert.equal(of({ train: 60, validation: 10, test: 0 }), 0);
});

Deno.test("boosted trees: by their fits and rounds", () => {
  const of = (trees: number, rounds: number) =>
    times(madePlan({
      values: {
        ...defaults,
        genesets: { ...defaults.genesets, trees, "tree-rounds": rounds },
      },
    })).genesets[0];
  const none = of(0, 5);
  const some = of(10, 5) - none;
  assert.ok(some > 0);
  assert.ok(Math.abs(of(20, 10) - none - 4 * some) < 1e-9 * some);
});

Deno.test("the simple rankings' time goes with the half samples", () => {
  const of = (halves: number) =>
    times(madePlan({
      values: { ...defaults, genesets: { ...defaults.genesets, halves } },
    }));
  const [none, some, more] = [0, 10, 30].map((halves) =>
    of(halves).genesets[0]
  );
  // What the halves share is computed once.
  assert.ok(some - none > 0 && more - some < 2 * (some - none));
  assert.ok(more - some > some - none);
  assert.deepEqual(of(30).ttest, of(0).ttest);
});

Deno.test("draws auto give a range", () => {
  const values = { ...defaults, shap: { ...defaults.shap, draws: "auto" } };
  const range = times(madePlan({ values: values as typeof defaults }));
  assert.ok(range.shap[1] > 10 * range.shap[0]);
  const [least, most] = totalTime(range);
  const [clear, open] = range.ttest;
  const between = range.shap[1] - range.shap[0] + open - clear;
  assert.ok(Math.abs(most - least - between) < 1e-9);
});

Deno.test("more threads take more memory, a larger batch more to train", () => {
  const usual = foretellMemory(madePlan(), process);
  const settings = { ...madePlan().settings, threads: 8 };
  const threads = foretellMemory(madePlan({ settings }), process);
  assert.ok(threads.shap > usual.shap);
  assert.ok(threads.ttest > usual.ttest);
  assert.equal(threads.cnn, usual.cnn);
  const batch = foretellMemory(madePlan({ batch: 256 }), process);
  assert.ok(batch.cnn > usual.cnn);
  assert.equal(peakMemory(usual), Math.max(...Object.values(usual)));
  // Measured, not computed.
  assert.equal(usual.prepare, process.input);
});

Deno.test("the disk holds the networks, and checkpoints of their scores", () => {
  const one = foretellDisk(madePlan({ members: 1 }));
  const five = foretellDisk(madePlan());
  const nine = foretellDisk(madePlan({ members: 9 }));
  assert.ok(Math.abs(nine.run - 2 * five.run + one.run) < 1);
  assert.ok(five.run > one.run);
  assert.equal(five.checkpoints, 5 * one.checkpoints);
});

Deno.test("two small batches tell what a large one takes", () => {
  // 2 s an update and 0.1 s a sample.
  const time = (batch: number) => 2 + 0.1 * batch;
  const found = perSample([8, 4], [time(8), time(4)], 64);
  assert.ok(Math.abs(found - time(64) / 64) < 1e-12);
  assert.equal(perSample([64], [time(64)], 64), time(64) / 64);
  // Noise may turn the order of the two round.
  assert.equal(perSample([8, 4], [1, 2], 64), 2 / 64);
});

Deno.test("of many samples some are timed", () => {
  assert.deepEqual([30, 400, 401, 800, 801, 5000].map(samplesToTime), [
    30,
    400,
    400,
    400,
    801,
    801,
  ]);
  assert.equal(growthOf({ name: "umap" }, 400, 800), 2 ** 1.2);
  assert.equal(growthOf({ name: "genes" }, 400, 800), 4);
  assert.equal(growthOf({ name: "pca" }, 400, 800), 4);
  assert.equal(growthOf({ name: "pca" }, 801, 1602), 2 ** 1.2);
  assert.equal(growthOf({ name: "pca" }, 300, 300), 1);
});
