/** Boosted trees on data by hand, and on what is degenerate. */

import assert from "node:assert/strict";
import { binOf, findBins } from "../../../lib/ml/boosted_trees/bins.ts";
import {
  predictBoostedTrees,
  scoreBoostedTrees,
  trainBoostedTrees,
} from "../../../lib/ml/boosted_trees/boosting.ts";
import {
  gainsByClass,
  sharedGainsByClass,
} from "../../../lib/ml/boosted_trees/gains.ts";
import { lightgbmDefaults } from "../../../lib/ml/boosted_trees/settings.ts";
import { SharedTreeShap } from "../../../lib/ml/boosted_trees/shared_tree_shap.ts";
import {
  addTreeShap,
  expectedValue,
} from "../../../lib/ml/boosted_trees/tree_shap.ts";
import type { Tree } from "../../../lib/ml/boosted_trees/tree.ts";

const settings = {
  ...lightgbmDefaults,
  rounds: 3,
  minDataInLeaf: 1,
  minDataInBin: 1,
};

/** Gene 0 is high in class 0, gene 1 likewise, gene 2 low, gene 3 constant. */
const VALUES = Float32Array.of(
  ...[5, 9, 0, 1],
  ...[6, 8, 1, 1],
  ...[7, 7, 0, 1],
  ...[1, 2, 5, 1],
  ...[2, 1, 6, 1],
  ...[0, 3, 4, 1],
);
const CLASSES = [0, 0, 0, 1, 1, 1];

Deno.test("zero has a bin of its own; bounds are halfway between values", () => {
  const { bounds, counts } = findBins(
    Float64Array.of(-2, -1, 0, 0, 1, 3),
    { maxBin: 255, minDataInBin: 1 },
  );
  assert.equal(bounds.length, 5);
  assert.deepEqual([...counts], [1, 1, 2, 1, 1]);
  assert.ok(Math.abs(bounds[0] + 1.5) < 1e-15 && bounds[4] === Infinity);
  assert.ok(Math.abs(bounds[3] - 2) < 1e-15 && bounds[3] > 2);
  assert.deepEqual(
    [-9, -1, 0, 1e-36, 0.5, 2, 2.1].map((value) => binOf(bounds, value)),
    [0, 1, 2, 2, 3, 3, 4],
  );
});

Deno.test("equal splits share the gain, whatever the order of the columns", () => {
  const wanted = gainsByClass(
    trainBoostedTrees(VALUES, CLASSES, 2, settings),
  );
  // The first column takes it all.
  assert.ok(wanted[0] > 0 && wanted[1] === 0);
  for (const order of [[0, 1, 2, 3], [2, 1, 0, 3], [1, 3, 2, 0]]) {
    const model = trainBoostedTrees(VALUES, CLASSES, 2, settings, {
      order: Uint32Array.from(order),
      collectsEquals: true,
    });
    const shared = sharedGainsByClass(model);
    const third = wanted[0] / 3;
    [third, third, -third, 0, -third, -third, third, 0].forEach((gain, at) =>
      assert.ok(Math.abs(shared[at] - gain) < 1e-6 * third, `${order}: ${at}`)
    );
  }
});

Deno.test("equal splits share the SHAP values, too", () => {
  const model = trainBoostedTrees(VALUES, CLASSES, 2, settings, {
    collectsEquals: true,
  });
  const sample = VALUES.subarray(0, 4);
  const plain = new Float64Array(4);
  const found = new Float64Array(4);
  const shared = new SharedTreeShap(4);
  for (const [tree] of model.rounds) {
    addTreeShap(tree, sample, plain);
    shared.add(tree, [sample], found);
  }
  assert.ok(plain[0] > 0.1 && plain[1] === 0);
  [1, 1, 1, 0].forEach((share, gene) =>
    assert.ok(Math.abs(found[gene] - share * plain[0] / 3) < 1e-12)
  );
});

Deno.test("a class without samples, a single class, equal samples", () => {
  const empty = trainBoostedTrees(
    VALUES,
    CLASSES.map((label) => 2 * label),
    3,
    settings,
  );
  assert.deepEqual([...predictBoostedTrees(empty, VALUES)], [0, 0, 0, 2, 2, 2]);
  assert.ok(empty.rounds.every((trees) => trees[1].columns.length === 0));
  const single = trainBoostedTrees(VALUES, [0, 0, 0, 0, 0, 0], 1, settings);
  assert.deepEqual([single.rounds.length, single.start[0]], [0, 0]);
  const equal = trainBoostedTrees(
    Float32Array.of(1, 1, 1, 1),
    [0, 1],
    2,
    settings,
  );
  assert.equal(equal.rounds.length, 0);
  assert.equal(
    scoreBoostedTrees(equal, Float32Array.of(1, 1))[0],
    Math.log(.5),
  );
});

Deno.test("leaves that are too large for a class leave it without trees", () => {
  const model = trainBoostedTrees(VALUES, CLASSES, 2, {
    ...settings,
    minDataInLeaf: [1, 4],
  });
  assert.ok(model.rounds[0][0].columns.length > 0);
  assert.equal(model.rounds[0][1].columns.length, 0);
});

Deno.test("what is not finite or does not fit is refused", () => {
  const train = (values: Float32Array, maxBin = 255) =>
    trainBoostedTrees(values, [0, 1], 2, { ...settings, maxBin });
  assert.throws(() => train(Float32Array.of(1, 2, NaN, 0)), /column 0 is not/);
  assert.throws(() => train(Float32Array.of(1, 2, 3)), /3 values are not/);
  assert.throws(() => train(Float32Array.of(1, 2, 3, 4), 300), /2 to 256/);
});

Deno.test("SHAP values are the mean over all orders of the features", () => {
  // Column 0 is used twice on one way.
  const tree: Tree = {
    columns: Int32Array.of(0, 1, 0),
    thresholds: Float64Array.of(2, 1, 5),
    left: Int32Array.of(1, -1, -3),
    right: Int32Array.of(2, -2, -4),
    gains: new Float32Array(3),
    counts: Int32Array.of(10, 6, 4),
    leafValues: Float64Array.of(1, -2, 3, 8),
    leafCounts: Int32Array.of(2, 4, 3, 1),
    equals: [],
  };
  const sample = [6, 0];
  /** The output if only some features are known. */
  const output = (known: Set<number>, node = 0): number => {
    if (node < 0) return tree.leafValues[~node];
    const { [node]: column } = tree.columns;
    const { [node]: left } = tree.left;
    const { [node]: right } = tree.right;
    if (known.has(column)) {
      return output(
        known,
        sample[column] <= tree.thresholds[node] ? left : right,
      );
    }
    const count = (child: number) =>
      child < 0 ? tree.leafCounts[~child] : tree.counts[child];
    return (count(left) * output(known, left) +
      count(right) * output(known, right)) / tree.counts[node];
  };
  const none = output(new Set());
  const both = output(new Set([0, 1]));
  const [first, second] = [output(new Set([0])), output(new Set([1]))];
  const found = new Float64Array(2);
  addTreeShap(tree, sample, found);
  assert.ok(Math.abs(found[0] - (first - none + both - second) / 2) < 1e-12);
  assert.ok(Math.abs(found[1] - (second - none + both - first) / 2) < 1e-12);
  assert.ok(Math.abs(expectedValue(tree) - none) < 1e-12);
});
