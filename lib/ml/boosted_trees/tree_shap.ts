/** SHAP values of trees, path-dependent and exact. */

import type { Tree } from "./tree.ts";

/** The features on the way to a node, each once; the first entry is no feature. */
interface Path {
  readonly features: Int32Array;
  /** The share of training samples that go on if the feature is unknown. */
  readonly unknown: Float64Array;
  /** Whether the sample goes on: 1 or 0. */
  readonly known: Float64Array;
  /** By the number of known features: the share of their subsets. */
  readonly weights: Float64Array;
}

/**
 * Adds a tree's SHAP values of one sample (Lundberg, Erion and Lee, 2018,
 * arXiv:1802.03888, algorithm 2): what the value of each feature contributes to
 * the output, where an unknown feature is averaged over the training samples
 * that reach the node. They sum to the output minus `expectedValue`.
 *
 * @param sample One number a feature.
 * @param into One number a feature, to which the values are added.
 */
export function addTreeShap(
  tree: Tree,
  sample: ArrayLike<number>,
  into: Float64Array,
): void {
  if (tree.columns.length === 0) return;
  const paths: Path[] = [];
  const longest = tree.leafValues.length + 1;
  const pathAt = (level: number): Path =>
    paths[level] ??= {
      features: new Int32Array(longest),
      unknown: new Float64Array(longest),
      known: new Float64Array(longest),
      weights: new Float64Array(longest),
    };
  const visit = (
    node: number,
    level: number,
    depth: number,
    unknown: number,
    known: number,
    feature: number,
  ): void => {
    const path = pathAt(level);
    if (level > 0) copyPath(pathAt(level - 1), path, depth);
    extend(path, depth, unknown, known, feature);
    if (node < 0) {
      const value = tree.leafValues[~node];
      for (let index = 1; index <= depth; index++) {
        into[path.features[index]] += weightWithout(path, depth, index) *
          (path.known[index] - path.unknown[index]) * value;
      }
      return;
    }
    const own = tree.columns[node];
    const goesLeft = sample[own] <= tree.thresholds[node];
    const taken = goesLeft ? tree.left[node] : tree.right[node];
    const other = goesLeft ? tree.right[node] : tree.left[node];
    let unknownBefore = 1;
    let knownBefore = 1;
    let last = depth;
    for (let index = 1; index <= depth; index++) {
      if (path.features[index] !== own) continue;
      unknownBefore = path.unknown[index];
      knownBefore = path.known[index];
      remove(path, depth, index);
      last = depth - 1;
      break;
    }
    const share = unknownBefore / tree.counts[node];
    const below = level + 1;
    visit(
      taken,
      below,
      last + 1,
      share * countOf(tree, taken),
      knownBefore,
      own,
    );
    visit(other, below, last + 1, share * countOf(tree, other), 0, own);
  };
  visit(0, 0, 0, 1, 1, -1);
}

/** The mean of a tree's output over its training samples. */
export function expectedValue({ leafValues, leafCounts }: Tree): number {
  let sum = 0;
  let count = 0;
  for (let leaf = 0; leaf < leafValues.length; leaf++) {
    sum += leafValues[leaf] * leafCounts[leaf];
    count += leafCounts[leaf];
  }
  return sum / count;
}

function countOf({ counts, leafCounts }: Tree, node: number): number {
  return node < 0 ? leafCounts[~node] : counts[node];
}

function copyPath(from: Path, to: Path, length: number): void {
  for (let index = 0; index < length; index++) {
    to.features[index] = from.features[index];
    to.unknown[index] = from.unknown[index];
    to.known[index] = from.known[index];
    to.weights[index] = from.weights[index];
  }
}

/** Adds a feature at the end: EXTEND. */
function extend(
  { features, unknown, known, weights }: Path,
  depth: number,
  unknownShare: number,
  knownShare: number,
  feature: number,
): void {
  features[depth] = feature;
  unknown[depth] = unknownShare;
  known[depth] = knownShare;
  weights[depth] = depth === 0 ? 1 : 0;
  for (let index = depth - 1; index >= 0; index--) {
    weights[index + 1] += knownShare * weights[index] * (index + 1) /
      (depth + 1);
    weights[index] *= unknownShare * (depth - index) / (depth + 1);
  }
}

/** Takes a feature out: UNWIND. */
function remove(path: Path, depth: number, at: number): void {
  const { features, unknown, known, weights } = path;
  const unknownShare = unknown[at];
  const knownShare = known[at];
  let next = weights[depth];
  for (let index = depth - 1; index >= 0; index--) {
    if (knownShare === 0) {
      weights[index] *= (depth + 1) / (unknownShare * (depth - index));
      continue;
    }
    const before = weights[index];
    weights[index] = next * (depth + 1) / ((index + 1) * knownShare);
    next = before -
      weights[index] * unknownShare * (depth - index) / (depth + 1);
  }
  for (let index = at; index < depth; index++) {
    features[index] = features[index + 1];
    unknown[index] = unknown[index + 1];
    known[index] = known[index + 1];
  }
}

/** The sum of the weights if a feature were taken out. */
function weightWithout(
  { unknown, known, weights }: Path,
  depth: number,
  at: number,
): number {
  const unknownShare = unknown[at];
  const knownShare = known[at];
  let next = weights[depth];
  let total = 0;
  for (let index = depth - 1; index >= 0; index--) {
    if (knownShare === 0) {
      total += weights[index] * (depth + 1) / (unknownShare * (depth - index));
      continue;
    }
    const weight = next * (depth + 1) / ((index + 1) * knownShare);
    total += weight;
    next = weights[index] -
      weight * unknownShare * (depth - index) / (depth + 1);
  }
  return total;
}
