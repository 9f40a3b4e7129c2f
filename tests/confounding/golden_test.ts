/** Scores with a study held out, and within a tissue, are scikit-learn's. */

import assert from "node:assert/strict";
import { designOf } from "../../lib/confounding/design.ts";
import type { StudyData } from "../../lib/confounding/gene_choice.ts";
import { planHeldOut, testHeldOut } from "../../lib/confounding/held_out.ts";
import { tellStudies } from "../../lib/confounding/within_tissue.ts";
import { RandomStream } from "../../lib/random.ts";
import golden from "../fixtures/confounding/held_out.json" with {
  type: "json",
};

/** Both count the same samples; a ratio of counts is rounded once. */
const TOLERANCE = 1e-12;

const { features, tissue, study } = golden;
const dataset = {
  values: Float32Array.from(golden.values),
  genes: Array.from({ length: features }, (_, gene) => `g${gene}`),
  sampleIds: tissue.map((_, row) => `s${String(row).padStart(3, "0")}`),
  tissueNames: ["a", "b", "c"],
  classOf: Int32Array.from(tissue),
};
const design = designOf(dataset, study.map(String));
const data: StudyData = { dataset, design };
const all = [{ genes: "all", columns: null }] as const;

Deno.test("scores of whole studies are those of LeaveOneGroupOut", () => {
  const plan = planHeldOut(design, 1000, new RandomStream(1))!;
  const { rows, summary } = testHeldOut(data, plan, all, () => {});
  for (const { classifier, scores } of golden.held_out) {
    const own = [
      ...rows.filter((row) => row.classifier === classifier)
        .sort((a, b) => a.study.localeCompare(b.study)),
      ...summary.scores.filter((row) => row.classifier === classifier),
    ];
    assert.equal(own.length, scores.length);
    scores.forEach(([f1, accuracy], index) => {
      assert.ok(Math.abs(own[index].macro_f1 - f1) < TOLERANCE);
      assert.ok(Math.abs(own[index].accuracy - accuracy) < TOLERANCE);
    });
  }
});

Deno.test("a random part trains on as many samples, and the same are tested", () => {
  const plan = planHeldOut(design, 1000, new RandomStream(1))!;
  const sorted = (samples: readonly number[]) =>
    samples.toSorted((a, b) => a - b);
  for (const { whole, random, study } of plan.studies) {
    assert.equal(random.test.length, whole.test.length);
    assert.equal(random.train.length, whole.train.length);
    assert.ok(whole.train.every((at) => design.studyOf[at] !== study));
    assert.ok(!random.train.some((at) => random.test.includes(at)));
    // Of each tissue, too, whatever the study holds.
    const tissues = (samples: readonly number[]) =>
      samples.map((at) => tissue[at]).sort();
    assert.deepEqual(tissues(random.test), tissues(whole.test));
    assert.deepEqual(tissues(random.train), tissues(whole.train));
  }
  assert.deepEqual(
    sorted(plan.studies.flatMap(({ random }) => random.test)),
    sorted(plan.studies.flatMap(({ whole }) => whole.test)),
  );
});

Deno.test("balanced accuracy within a tissue is scikit-learn's", () => {
  const samples = [...tissue.keys()].filter((at) => tissue[at] === 0);
  const { folds, balanced_accuracy } = golden.within;
  const row = tellStudies(
    data,
    {
      tissue: 0,
      samples,
      studies: 3,
      studyOf: samples.map((at) => study[at]),
      folds: [0, 1, 2, 3, 4].map((fold) =>
        [...folds.keys()].filter((at) => folds[at] === fold)
      ),
    },
    [...Array(features).keys()],
    [[0, 1], [0, 1]],
  );
  assert.ok(Math.abs(row.all - balanced_accuracy) < TOLERANCE);
  assert.equal(row.set, row.all);
  assert.equal(row.chance, 1 / 3);
  // 3 standard errors: the variance of a share of 1/3 in 12, 9 and 7 samples.
  const variance = (1 / 3 * 2 / 3) * (1 / 12 + 1 / 9 + 1 / 7) / 9;
  assert.ok(Math.abs(row.bound - 1 / 3 - 3 * Math.sqrt(variance)) < TOLERANCE);
});

Deno.test("a sample whose tissue no other study has is not tested", () => {
  const column = tissue.map((own, row) => own === 2 ? "0" : String(study[row]));
  const own = designOf(dataset, column);
  const plan = planHeldOut(own, 1000, new RandomStream(1))!;
  for (const { whole, random, study } of plan.studies) {
    assert.ok(whole.test.every((at) => tissue[at] !== 2));
    assert.equal(random.train.length, whole.train.length);
    // What goes with the study and is not tested is in neither.
    const alone = own.studies[study] === "0";
    assert.equal(random.train.some((at) => tissue[at] === 2), !alone);
  }
});
