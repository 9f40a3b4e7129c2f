/** A regression tree, numbered as LightGBM numbers it. */

/** A feature that splits a node as well as the chosen one. */
export interface SplitFeature {
  readonly column: number;
  /** Whether the samples with higher values get the larger output. */
  readonly isUp: boolean;
}

/** A tree of `splits` nodes and one leaf more. */
export interface Tree {
  /** By node: the feature's column in the matrix. */
  readonly columns: Int32Array;
  /** By node: a sample with at most this value goes left. */
  readonly thresholds: Float64Array;
  /** By node: the next node, or `~leaf`. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** By node: its split's gain, rounded to float32 as LightGBM stores it. */
  readonly gains: Float32Array;
  /** By node: training samples. */
  readonly counts: Int32Array;
  /** By leaf: what it adds to the output, the learning rate included. */
  readonly leafValues: Float64Array;
  /** By leaf: training samples. */
  readonly leafCounts: Int32Array;
  /** By node: all features of equal gain; empty if they were not collected. */
  readonly equals: readonly (readonly SplitFeature[])[];
}

/** The leaf that a sample reaches. */
export function leafOf(
  { columns, thresholds, left, right }: Tree,
  sample: ArrayLike<number>,
): number {
  if (columns.length === 0) return 0;
  let node = 0;
  while (node >= 0) {
    node = sample[columns[node]] <= thresholds[node] ? left[node] : right[node];
  }
  return ~node;
}

/** A tree without a split. */
export function constantTree(value: number, samples: number): Tree {
  return {
    columns: new Int32Array(),
    thresholds: new Float64Array(),
    left: new Int32Array(),
    right: new Int32Array(),
    gains: new Float32Array(),
    counts: new Int32Array(),
    leafValues: Float64Array.of(value),
    leafCounts: Int32Array.of(samples),
    equals: [],
  };
}
