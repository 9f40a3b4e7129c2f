/** The samples of one part of a fold, as a network takes them. */

import {
  type Dataset,
  type Fold,
  rowsById,
  type Split,
} from "../prepare/dataset.ts";
import {
  type ImageMatrix,
  type ImageRows,
  takeImageRows,
} from "../prepare/image_matrix.ts";
import type { LabeledSamples } from "./training.ts";

/** The samples of one part with their classes, in the order of their ids. */
export function labeledSamples(
  dataset: Dataset,
  matrix: ImageMatrix,
  fold: Fold,
  split: Split,
): LabeledSamples {
  return labeledRows(matrix, dataset.classOf, rowsById(dataset, fold, split));
}

/**
 * Some samples with their classes, in the order given.
 *
 * @param classOf Each sample's class.
 */
export function labeledRows(
  matrix: ImageRows,
  classOf: Int32Array,
  rows: Int32Array,
): LabeledSamples {
  return {
    expression: takeImageRows(matrix, rows),
    classes: rows.map((row) => classOf[row]),
  };
}
