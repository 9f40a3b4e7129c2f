/** Scores, effects and shifts are those of scikit-learn and NumPy. */

import assert from "node:assert/strict";
import { scoreOnCommon } from "../../lib/external/classify.ts";
import { changesThere } from "../../lib/external/replication.ts";
import { viewsOf } from "../../lib/external/views.ts";
import type { Dataset } from "../../lib/prepare/dataset.ts";
import golden from "../fixtures/external/external.json" with { type: "json" };

Deno.test("macro F1 over the common tissues is scikit-learn's", () => {
  for (
    const { truth, predicted, common, classes, ...wanted } of golden.scores
  ) {
    const found = scoreOnCommon(truth, predicted, common, classes);
    // Ratios and means of a few dozen: some roundings of a double.
    assert.ok(Math.abs(found.macroF1 - wanted.macro_f1) < 1e-14);
    assert.ok(Math.abs(found.accuracy - wanted.accuracy) < 1e-14);
  }
});

Deno.test("genes up and two-fold up are NumPy's", () => {
  const { genes, sizes, values, tissues } = golden.effects;
  const names = ["a", "b", "c"];
  const tissueOf = sizes.flatMap((size, t) => Array(size).fill(names[t]));
  const split = tissueOf.map(() => "train" as const);
  const cohort: Dataset = {
    sampleIds: tissueOf.map((_, row) => String.fromCharCode(65 + row)),
    genes: Array.from({ length: genes }, (_, gene) => `g${gene}`),
    geneFacts: [],
    tissues: tissueOf,
    groups: tissueOf.map(() => ""),
    split,
    folds: [{ fold: 1, split }],
    values: Float32Array.from(values),
    tissueNames: names,
    classOf: Int32Array.from(tissueOf, (name) => names.indexOf(name)),
  };
  const found = changesThere(cohort);
  tissues.forEach((wanted, t) => {
    assert.equal(found[t].tissue, names[t]);
    assert.deepEqual([...found[t].up], wanted.up);
    assert.deepEqual([...found[t].upTwofold], wanted.up_twofold);
  });
});

Deno.test("shifted values are NumPy's", () => {
  const { own, own_classes, other, other_classes, ...wanted } = golden.views;
  const of = (values: number[], classes: number[]) => ({
    values: Float32Array.from(values),
    genes: 4,
    classOf: Int32Array.from(classes),
    tissues: 2,
  });
  const views = viewsOf(of(other, other_classes), of(own, own_classes));
  assert.deepEqual(views.map(({ name }) => name), [
    "as_is",
    "centered",
    "balanced",
  ]);
  assert.deepEqual([...views[0].values], [...Float32Array.from(other)]);
  for (const [index, name] of [[1, "centered"], [2, "balanced"]] as const) {
    views[index].values.forEach((value, at) =>
      // Rounded to float32 once, of values below 10.
      assert.ok(Math.abs(value - wanted[name][at]) < 1e-6, `${name} ${at}`)
    );
  }
});
