/** The samples that panels are judged on, fold by fold. */

import { type Dataset, rowsById } from "../prepare/dataset.ts";
import { learningRows } from "../prepare/tissue_contrasts.ts";
import type { JudgedFold } from "./score_panel.ts";

/**
 * The folds with test samples and samples to learn from.
 *
 * @param repeats K-means runs a panel.
 * @param seedOf The seed of a stream of the stage.
 */
export function judgedFolds(
  dataset: Dataset,
  repeats: number,
  seedOf: (stream: string) => number,
): JudgedFold[] {
  return dataset.folds.flatMap((fold): JudgedFold[] => {
    const test = rowsById(dataset, fold, "test");
    const train = Int32Array.from(learningRows(dataset, fold));
    if (test.length === 0 || train.length === 0) return [];
    const tissues = tissuesAmong(dataset, test);
    return [{
      fold: fold.fold,
      train,
      test,
      // With one tissue, or with each sample a tissue of its own, all genes
      // would give the same score.
      clusters: tissues < 2 || tissues === test.length ? 0 : tissues,
      kmeansSeeds: Array.from(
        { length: repeats },
        (_, repeat) => seedOf(`fold/${fold.fold}/kmeans/${repeat + 1}`),
      ),
    }];
  });
}

/** Different tissues among some samples. */
export function tissuesAmong(
  { classOf }: Pick<Dataset, "classOf">,
  rows: Int32Array,
): number {
  return new Set(rows.map((row) => classOf[row])).size;
}

/** Judged samples of each class. */
export function supportOf(
  { classOf, tissueNames }: Pick<Dataset, "classOf" | "tissueNames">,
  folds: readonly JudgedFold[],
): Int32Array {
  const support = new Int32Array(tissueNames.length);
  for (const { test } of folds) {
    for (const row of test) support[classOf[row]]++;
  }
  return support;
}
