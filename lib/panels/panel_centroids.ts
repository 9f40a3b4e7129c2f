/** Nearest centroids of panels: the centroids of all genes are made once. */

import { type Centroids, classCentroids, nearestOf } from "../ml/baselines.ts";
import { pickColumns } from "../ml/pick_columns.ts";

/** A gene's part of a centroid does not depend on the other genes. */
export class PanelCentroids {
  readonly #all: Centroids;

  /**
   * @param values Samples x genes, row-major.
   * @param classes The class of each sample that is learned from.
   * @param rows The row of each; by default the samples are all rows.
   */
  constructor(
    values: Float32Array,
    private readonly genes: number,
    classes: ArrayLike<number>,
    rows?: ArrayLike<number>,
  ) {
    this.#all = classCentroids(values, classes, genes, rows);
  }

  /**
   * Predicts samples by the genes of a panel, as `nearestCentroid` of their
   * values alone does.
   *
   * @param test Samples x the panel's genes, row-major.
   * @param columns The panel's genes, at least one.
   */
  predict(test: Float32Array, columns: ArrayLike<number>): Int32Array {
    const { labels, means } = this.#all;
    return nearestOf(
      { labels, means: pickColumns(means, this.genes, columns) },
      test,
      columns.length,
    );
  }
}
