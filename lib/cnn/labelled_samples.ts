/** The samples of one part as a network takes them. */

import {
  type Dataset,
  type Fold,
  rowsById,
  type Split,
} from "../expression/dataset.ts";
import { type ImageMatrix, takeImageRows } from "../expression/image_matrix.ts";
import type { LabelledSamples } from "./training.ts";

/**
 * The samples of one part of a fold with their classes, in the order of their
 * ids.
 *
 * @example
 * ```ts
 * import { labelledSamples } from "./labelled_samples.ts";
 * const { expression, classes } = labelledSamples(
 *   { sampleIds: ["b", "a"], classOf: Int32Array.of(0, 1) },
 *   { values: Float32Array.of(2, 1), columns: 1 },
 *   { split: ["train", "train"] },
 *   "train",
 * );
 * console.assert(expression.join() === "1,2" && classes.join() === "1,0");
 * ```
 */
export function labelledSamples(
  dataset: Pick<Dataset, "sampleIds" | "classOf">,
  matrix: Pick<ImageMatrix, "values" | "columns">,
  fold: Pick<Fold, "split">,
  split: Split,
): LabelledSamples {
  const rows = rowsById(dataset, fold, split);
  return {
    expression: takeImageRows(matrix, rows),
    classes: rows.map((row) => dataset.classOf[row]),
  };
}
