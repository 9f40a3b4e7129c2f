/** What each feature's splits gain, by class. */

import type { BoostedTrees } from "./boosting.ts";
import type { Tree } from "./tree.ts";

/**
 * LightGBM's importance of type "gain", by class: the sum of the gains of the
 * splits by each feature in the trees of the class. Its own importance is the
 * sum over the classes.
 *
 * @returns Classes x features.
 */
export function gainsByClass(model: BoostedTrees): Float64Array {
  return sumOverNodes(model, ({ columns, gains }, node, into) => {
    into[columns[node]] += gains[node];
  });
}

/**
 * Smaller gains, relative to the largest of the tree, are of rounding: a leaf
 * whose samples have equal derivatives is split by whatever feature.
 */
const ROUNDING = 1e-9;

/**
 * What features gain by being high in the class. A split adds its gain where
 * the samples with higher values get the larger output, and takes it off where
 * they get the smaller. Features whose gain is equal share it: which of them
 * stands in the tree depends on the order of the columns alone, and each would
 * stand there in as many orders as the others.
 *
 * @param model Trained with `collectsEquals`.
 * @returns Classes x features.
 */
export function sharedGainsByClass(model: BoostedTrees): Float64Array {
  return sumOverNodes(model, (tree, node, into) => {
    const { equals, gains } = tree;
    if (!isRealSplit(tree, node)) return;
    const share = gains[node] / equals[node].length;
    for (const { column, isUp } of equals[node]) {
      into[column] += isUp ? share : -share;
    }
  });
}

/** Whether a node's gain is more than rounding. */
export function isRealSplit({ gains }: Tree, node: number): boolean {
  return gains[node] > ROUNDING * gains.reduce((a, b) => Math.max(a, b), 0);
}

function sumOverNodes(
  { classes, features, rounds }: BoostedTrees,
  add: (tree: Tree, node: number, into: Float64Array) => void,
): Float64Array {
  const sums = new Float64Array(classes * features);
  for (const trees of rounds) {
    trees.forEach((tree, label) => {
      const into = sums.subarray(label * features, (label + 1) * features);
      for (let node = 0; node < tree.columns.length; node++) {
        add(tree, node, into);
      }
    });
  }
  return sums;
}
