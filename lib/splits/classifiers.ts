/** The networks of a split beside simple classifiers of the same samples. */

import { scorePredictions } from "../cnn/metrics.ts";
import { largestOfRow } from "../cnn/softmax.ts";
import { type Dataset, rowsOf } from "../prepare/dataset.ts";
import { learningRows } from "../prepare/tissue_contrasts.ts";
import { testRidge } from "../rankings/ridge.ts";
import type { F1Row } from "./outputs.ts";

/**
 * Scores the networks' predictions and those of the simple classifiers.
 *
 * @param dataset With the split as its only fold.
 * @param probabilities samples x tissues, the mean over the networks.
 * @returns A row a classifier; none if there is no test sample.
 */
export function scoreClassifiers(
  split: number,
  dataset: Dataset,
  probabilities: Float64Array,
): F1Row[] {
  const scores = scorePredictions(
    dataset,
    largestOfRow(probabilities, dataset.tissueNames.length),
  );
  const ridge = testRidge(dataset);
  if (scores === null || ridge === null) return [];
  const [fold] = dataset.folds;
  const trained = rowsOf(fold, "train").length;
  const { nearest_centroid, five_nearest_neighbors } = scores.baselines;
  const row = (
    classifier: F1Row["classifier"],
    { macro_f1, accuracy }: { macro_f1: number; accuracy: number },
    learned = trained,
  ): F1Row => ({
    split,
    classifier,
    macro_f1,
    accuracy,
    trained: learned,
    tested: scores.test_samples,
  });
  return [
    row("networks", scores),
    row(
      "ridge",
      { macro_f1: ridge.macroF1, accuracy: ridge.accuracy },
      learningRows(dataset, fold).length,
    ),
    row("nearest_centroid", nearest_centroid),
    row("five_nearest_neighbors", five_nearest_neighbors),
  ];
}
