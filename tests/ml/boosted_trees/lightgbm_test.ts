/** Trees, gains, outputs and SHAP values are LightGBM's and shap's. */

import assert from "node:assert/strict";
import {
  type BoostedTrees,
  predictBoostedTrees,
  scoreBoostedTrees,
  trainBoostedTrees,
} from "../../../lib/ml/boosted_trees/boosting.ts";
import {
  gainsByClass,
  isRealSplit,
} from "../../../lib/ml/boosted_trees/gains.ts";
import {
  type BoostingSettings,
  lightgbmDefaults,
} from "../../../lib/ml/boosted_trees/settings.ts";
import type { Tree } from "../../../lib/ml/boosted_trees/tree.ts";
import {
  addTreeShap,
  expectedValue,
} from "../../../lib/ml/boosted_trees/tree_shap.ts";
import golden from "../../fixtures/ml/boosted_trees.json" with { type: "json" };

/** Both compute alike; exp of V8 and of the C library may differ by a bit. */
const TOLERANCE = 1e-9;

/** The text of a model has six digits of a gain. */
const SIX_DIGITS = 5e-6;

type Case = typeof golden.cases[number];

function settingsOf({ rounds, settings }: Case): BoostingSettings {
  const given: Record<string, number | undefined> = settings;
  return {
    ...lightgbmDefaults,
    rounds,
    minDataInLeaf: given.min_data_in_leaf ?? 20,
    leaves: given.num_leaves ?? 31,
    maxBin: given.max_bin ?? 255,
    minDataInBin: given.min_data_in_bin ?? 3,
    learningRate: given.learning_rate ?? 0.1,
  };
}

function train(one: Case): BoostedTrees {
  return trainBoostedTrees(
    Float32Array.from(one.values),
    one.labels,
    one.classes,
    settingsOf(one),
  );
}

function close(
  found: number,
  wanted: number,
  tolerance: number,
  what: string,
): void {
  const limit = tolerance * Math.max(Math.abs(wanted), 1e-3);
  assert.ok(
    Math.abs(found - wanted) <= limit,
    `${what}: ${found}, not ${wanted}`,
  );
}

/** LightGBM's model as ours; its first trees hold the start. */
function loaded(one: Case): BoostedTrees {
  const trees = one.trees.map((tree, index): Tree => {
    const start = index < one.classes ? one.start[index] : 0;
    return {
      columns: Int32Array.from(tree.columns),
      thresholds: Float64Array.from(tree.thresholds),
      left: Int32Array.from(tree.left),
      right: Int32Array.from(tree.right),
      gains: Float32Array.from(tree.gains),
      counts: Int32Array.from(tree.counts),
      leafValues: Float64Array.from(tree.leafValues, (value) => value - start),
      leafCounts: Int32Array.from(tree.leafCounts),
      equals: [],
    };
  });
  return {
    classes: one.classes,
    features: one.features,
    start: Float64Array.from(one.start),
    rounds: Array.from(
      { length: trees.length / one.classes },
      (_, round) => trees.slice(round * one.classes, (round + 1) * one.classes),
    ),
  };
}

for (const [index, one] of golden.cases.entries()) {
  const name = `case ${index + 1} (${one.kind})`;

  Deno.test(`${name}: every split and leaf is LightGBM's`, () => {
    const model = train(one);
    const wanted = loaded(one);
    assert.equal(model.rounds.length, wanted.rounds.length);
    assert.ok(
      wanted.rounds.flat().reduce((sum, tree) => sum + tree.columns.length, 0) >
        20,
    );
    let skipped = 0;
    model.rounds.forEach((trees, round) =>
      trees.forEach((tree, label) => {
        const other = wanted.rounds[round][label];
        const where = `round ${round}, class ${label}`;
        assert.equal(tree.columns.length, other.columns.length, where);
        // Where LightGBM takes a bin as the rest of the others, in values of
        // both signs, it takes larger leaves as differences, and rounds again.
        const compared = Array.from(tree.columns.keys())
          .filter((node) => one.kind !== "signed" || isRealSplit(tree, node));
        compared.forEach((node) => {
          assert.equal(tree.columns[node], other.columns[node], where);
          assert.equal(tree.left[node], other.left[node], where);
          assert.equal(tree.right[node], other.right[node], where);
          assert.equal(tree.counts[node], other.counts[node], where);
          close(tree.thresholds[node], other.thresholds[node], 1e-15, where);
          close(tree.gains[node], other.gains[node], SIX_DIGITS, where);
        });
        if (compared.length < tree.columns.length) skipped++;
        if (tree.columns.length === 0 || one.kind === "signed") return;
        assert.deepEqual(tree.leafCounts, other.leafCounts, where);
        tree.leafValues.forEach((value, leaf) =>
          close(value, other.leafValues[leaf], TOLERANCE, where)
        );
      })
    );
    assert.ok(skipped <= 2);
  });

  Deno.test(`${name}: gains of the first round, and of all, in full`, () => {
    const model = train(one);
    one.importance.forEach((wanted, last) => {
      const gains = gainsByClass({
        ...model,
        rounds: model.rounds.slice(0, last + 1),
      });
      wanted.forEach((gain, feature) => {
        let found = 0;
        for (let label = 0; label < one.classes; label++) {
          found += gains[label * one.features + feature];
        }
        close(found, gain, 1e-6, `feature ${feature}, round ${last}`);
      });
    });
  });

  Deno.test(`${name}: outputs are LightGBM's`, () => {
    const values = Float32Array.from(one.values);
    const model = train(one);
    const found = scoreBoostedTrees(model, values);
    one.raw.forEach((raw, at) => close(found[at], raw, TOLERANCE, `${at}`));
    const classes = predictBoostedTrees(model, values);
    const right = one.labels.filter((label, row) => classes[row] === label);
    assert.ok(right.length > 0.8 * one.samples);
  });

  Deno.test(`${name}: SHAP values of LightGBM's trees are shap's`, () => {
    const model = loaded(one);
    const explained = Float32Array.from(one.explained);
    const { features, classes } = one;
    const raw = scoreBoostedTrees(model, explained);
    let largest = 0;
    for (let row = 0; row < explained.length / features; row++) {
      const sample = explained.subarray(row * features, (row + 1) * features);
      for (let label = 0; label < classes; label++) {
        const found = new Float64Array(features);
        let expected = model.start[label];
        for (const trees of model.rounds) {
          addTreeShap(trees[label], sample, found);
          expected += expectedValue(trees[label]);
        }
        found.forEach((value, feature) => {
          const wanted = one.shap[(row * features + feature) * classes + label];
          assert.ok(
            Math.abs(value - wanted) <= 1e-6,
            `sample ${row}, feature ${feature}: ${value}, not ${wanted}`,
          );
          largest = Math.max(largest, Math.abs(wanted));
        });
        close(
          found.reduce((sum, value) => sum + value, expected),
          raw[row * classes + label],
          1e-9,
          "sum",
        );
      }
    }
    assert.ok(largest > 0.1);
  });
}
