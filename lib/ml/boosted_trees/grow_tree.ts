/** Grows one tree, the leaf with the largest gain first. */

import type {
  LeafSums,
  Split,
  SplitFinder,
  SplitLimits,
} from "./find_split.ts";
import { constantTree, type SplitFeature, type Tree } from "./tree.ts";

/** A leaf that may be split. */
interface GrowingLeaf extends LeafSums {
  readonly output: number;
  /** The node above it, and the side; -1 at the root. */
  readonly parent: number;
  readonly isRight: boolean;
  split: Split | null;
  candidates: Int32Array;
}

/** A tree, and the leaf of each training sample. */
export interface GrownTree {
  readonly tree: Tree;
  readonly leafOfRow: Int32Array;
}

/**
 * Grows a tree to the samples' derivatives (LightGBM's serial learner, without
 * penalties and missing values). The gain of a split is the sum over both sides
 * of gradient² / hessian, less that of the leaf; each leaf's value is -gradient
 * / hessian times the learning rate.
 *
 * @param gradients One per sample, float32 as LightGBM keeps them.
 * @returns A tree without a split has a leaf of 0.
 */
export function growTree(
  finder: SplitFinder,
  gradients: Float32Array,
  hessians: Float32Array,
  limits: SplitLimits & {
    readonly leaves: number;
    readonly learningRate: number;
  },
): GrownTree {
  const { matrix } = finder;
  const { samples, columns, bins, bounds } = matrix;
  const leafOfRow = new Int32Array(samples);
  const leaves: GrowingLeaf[] = [rootOf(gradients, hessians, columns.length)];
  const nodes: {
    readonly split: Split;
    readonly count: number;
    left: number;
    right: number;
  }[] = [];
  const search = (leaf: GrowingLeaf) => {
    const { split, splittable } = finder.find(
      leaf,
      leaf.candidates,
      gradients,
      hessians,
      limits,
    );
    leaf.split = split;
    leaf.candidates = splittable;
  };
  if (leaves[0].rows.length >= 2 * limits.minData) search(leaves[0]);

  while (leaves.length < limits.leaves) {
    const at = largestGain(leaves);
    if (at < 0) break;
    const leaf = leaves[at];
    const split = leaf.split!;
    const { feature, bin } = split;
    const goesLeft = (row: number) => bins[feature * samples + row] <= bin;
    const node = nodes.length;
    nodes.push({
      split,
      count: leaf.rows.length,
      left: ~at,
      right: ~leaves.length,
    });
    if (leaf.parent >= 0) {
      nodes[leaf.parent][leaf.isRight ? "right" : "left"] = node;
    }
    const child = (rows: Int32Array, isRight: boolean): GrowingLeaf => ({
      rows,
      ...(isRight ? split.right : split.left),
      parent: node,
      isRight,
      split: null,
      candidates: leaf.candidates,
    });
    const left = child(leaf.rows.filter(goesLeft), false);
    const right = child(leaf.rows.filter((row) => !goesLeft(row)), true);
    leaves[at] = left;
    for (const row of right.rows) leafOfRow[row] = leaves.length;
    leaves.push(right);
    // As LightGBM has it: if one can be split, both are tried.
    const least = 2 * limits.minData;
    if (left.rows.length < least && right.rows.length < least) continue;
    search(left);
    search(right);
  }

  if (nodes.length === 0) {
    return { tree: constantTree(0, samples), leafOfRow };
  }
  const tree: Tree = {
    columns: Int32Array.from(nodes, ({ split }) => columns[split.feature]),
    thresholds: Float64Array.from(
      nodes,
      ({ split }) => bounds[split.feature][split.bin],
    ),
    left: Int32Array.from(nodes, ({ left }) => left),
    right: Int32Array.from(nodes, ({ right }) => right),
    gains: Float32Array.from(nodes, ({ split }) => split.gain),
    counts: Int32Array.from(nodes, ({ count }) => count),
    leafValues: Float64Array.from(
      leaves,
      ({ output }) => output * limits.learningRate,
    ),
    leafCounts: Int32Array.from(leaves, ({ rows }) => rows.length),
    equals: nodes.map(({ split }) =>
      split.equals.map(({ feature, isUp }): SplitFeature => ({
        column: columns[feature],
        isUp,
      }))
    ),
  };
  return { tree, leafOfRow };
}

function rootOf(
  gradients: Float32Array,
  hessians: Float32Array,
  features: number,
): GrowingLeaf {
  let gradient = 0;
  let hessian = 0;
  for (let row = 0; row < gradients.length; row++) {
    gradient += gradients[row];
    hessian += hessians[row];
  }
  return {
    rows: Int32Array.from(gradients.keys()),
    gradient,
    hessian,
    output: 0,
    parent: -1,
    isRight: false,
    split: null,
    candidates: Int32Array.from({ length: features }, (_, index) => index),
  };
}

/** The leaf to split; of equal gains that of the first feature. */
function largestGain(leaves: readonly GrowingLeaf[]): number {
  let best = -1;
  leaves.forEach(({ split }, index) => {
    if (split === null || split.gain <= 0) return;
    const other = leaves[best]?.split;
    if (
      !other || split.gain > other.gain ||
      (split.gain === other.gain && split.feature < other.feature)
    ) best = index;
  });
  return best;
}
