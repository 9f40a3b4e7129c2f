/** How well the network and two simple classifiers predict the tissues. */

import {
  type Dataset,
  rowsById,
  rowsOf,
  takeRows,
} from "../prepare/dataset.ts";
import { kNearestNeighbors, nearestCentroid } from "../ml/baselines.ts";
import {
  type ClassificationScores,
  classificationScores,
} from "../statistics/classification_scores.ts";

/** Neighbors that vote in the second baseline. */
const NEIGHBORS = 5;

/** The scores of the network and of the baselines on one part. */
export interface Comparison {
  readonly network: ClassificationScores;
  readonly nearestCentroid: ClassificationScores;
  readonly fiveNearestNeighbors: ClassificationScores;
}

/**
 * Scores the network's predictions of the test samples and those of two
 * baselines that see the same training samples and the same transformed
 * values, fold by fold if there are several.
 *
 * @param dataset The prepared data.
 * @param predicted The network's class of every sample.
 * @returns Null if there is no test sample.
 */
export function compareWithBaselines(
  dataset: Dataset,
  predicted: ArrayLike<number>,
): Comparison | null {
  const genes = dataset.genes.length;
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
    classificationScores(truth, classes, dataset.tissueNames.length);
  return {
    network: score(network),
    nearestCentroid: score(centroid),
    fiveNearestNeighbors: score(neighbors),
  };
}

/** A row a tissue that occurs, as `metrics.json` holds it. */
export function tissueRows(
  scores: ClassificationScores,
  tissues: readonly string[],
) {
  return scores.perClass.map(({ precision, recall, f1, support }, index) => ({
    tissue: tissues[index],
    precision,
    recall,
    f1,
    support,
  }));
}
