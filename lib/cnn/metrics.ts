/** How well the network and two simple classifiers predict the tissues. */

import { kNearestNeighbors, nearestCentroid } from "../ml/baselines.ts";
import {
  type Dataset,
  rowsById,
  rowsOf,
  takeRows,
} from "../prepare/dataset.ts";
import { classificationScores } from "../statistics/classification_scores.ts";

/** Neighbors that vote in the second baseline. */
const NEIGHBORS = 5;

/**
 * Scores the network's predictions of the test samples and those of two
 * baselines that see the same training samples and the same transformed
 * values, fold by fold if there are several.
 *
 * @param predicted The network's class of every sample.
 * @returns Null if there is no test sample.
 */
export function scorePredictions(
  dataset: Dataset,
  predicted: ArrayLike<number>,
) {
  const genes = dataset.genes.length;
  const tissues = dataset.tissueNames;
  const truth: number[] = [];
  const network: number[] = [];
  const centroid: number[] = [];
  const neighbors: number[] = [];
  for (const fold of dataset.folds) {
    const testRows = rowsOf(fold, "test");
    if (testRows.length === 0) continue;
    const trainRows = rowsById(dataset, fold, "train");
    const train = takeRows(dataset, trainRows);
    const trainClasses = trainRows.map((row) => dataset.classOf[row]);
    const test = takeRows(dataset, testRows);
    truth.push(...testRows.map((row) => dataset.classOf[row]));
    network.push(...testRows.map((row) => predicted[row]));
    centroid.push(...nearestCentroid(train, trainClasses, test, genes));
    neighbors.push(
      ...kNearestNeighbors(train, trainClasses, test, genes, NEIGHBORS),
    );
  }
  if (truth.length === 0) return null;
  const score = (classes: readonly number[]) =>
    classificationScores(truth, classes, tissues.length);
  const format = (
    { macroF1, accuracy, perClass }: ReturnType<typeof score>,
  ) => ({
    macro_f1: macroF1,
    accuracy,
    tissues: perClass.map((scores, index) => ({
      tissue: tissues[index],
      ...scores,
    })),
  });
  const scores = score(network);
  return {
    ...format(scores),
    test_samples: truth.length,
    confusion: { tissues, counts: scores.confusion },
    baselines: {
      nearest_centroid: format(score(centroid)),
      five_nearest_neighbors: format(score(neighbors)),
    },
  };
}

/** The part of `metrics.json` that says how good the predictions are. */
export type TestScores = NonNullable<ReturnType<typeof scorePredictions>>;
