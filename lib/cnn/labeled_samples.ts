/** The samples of one part of a fold, as a network takes them. */

import {
  type Dataset,
  type Fold,
  rowsById,
  type Split,
} from "../prepare/dataset.ts";
import { type ImageMatrix, takeImageRows } from "../prepare/image_matrix.ts";
import type { LabeledSamples } from "./training.ts";

/** The samples of one part with their classes, in the order of their ids. */
export function labeledSamples(
  dataset: Dataset,
  matrix: ImageMatrix,
  fold: Fold,
  split: Split,
): LabeledSamples {
  const rows = rowsById(dataset, fold, split);
  return {
    expression: takeImageRows(matrix, rows),
    classes: rows.map((row) => dataset.classOf[row]),
  };
}
