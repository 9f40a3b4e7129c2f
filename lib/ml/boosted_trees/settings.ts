/** What boosted trees may be told: LightGBM's parameters and defaults. */

/** How trees are grown. */
export interface BoostingSettings {
  /** Trees of each class (`num_iterations`). */
  readonly rounds: number;
  /** Each tree's values are multiplied by it. */
  readonly learningRate: number;
  /** Leaves of a tree, at most (`num_leaves`). */
  readonly leaves: number;
  /**
   * Samples in a leaf, at least (`min_data_in_leaf`); one for each class if the
   * trees of the classes differ.
   */
  readonly minDataInLeaf: number | readonly number[];
  /** Sum of the second derivatives in a leaf, at least. */
  readonly minSumHessian: number;
  /** Bins of a feature, at most: 2 to 256 (LightGBM's default is 255). */
  readonly maxBin: number;
  /** Samples in a bin, at least, where values differ (`min_data_in_bin`). */
  readonly minDataInBin: number;
}

/** The defaults of LightGBM 4; there is no L1 or L2 penalty. */
export const lightgbmDefaults: BoostingSettings = {
  rounds: 100,
  learningRate: 0.1,
  leaves: 31,
  minDataInLeaf: 20,
  minSumHessian: 1e-3,
  maxBin: 255,
  minDataInBin: 3,
};

/** What LightGBM adds to sums of second derivatives (`kEpsilon`). */
export const EPSILON = Math.fround(1e-15);

/** Values as small as this are zero (`kZeroThreshold`). */
export const ZERO = Math.fround(1e-35);

/** The least samples of a leaf in trees of a class. */
export function minDataOf(
  { minDataInLeaf }: Pick<BoostingSettings, "minDataInLeaf">,
  label: number,
): number {
  return typeof minDataInLeaf === "number"
    ? minDataInLeaf
    : minDataInLeaf[label];
}
