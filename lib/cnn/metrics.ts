/** How well the network and two simple rules tell the test samples' tissues. */

import {
  type Dataset,
  rowsOf,
  type Split,
  takeRows,
} from "../expression/dataset.ts";
import {
  kNearestNeighbours,
  nearestCentroid,
} from "../statistics/baselines.ts";
import {
  type ClassificationScores,
  classificationScores,
} from "../statistics/classification_scores.ts";

/** Neighbours that vote in the second baseline. */
const NEIGHBOURS = 5;

/** The scores of the network and of the baselines on one part. */
export interface Comparison {
  readonly network: ClassificationScores;
  readonly nearestCentroid: ClassificationScores;
  readonly fiveNearestNeighbours: ClassificationScores;
}

/**
 * Scores the network's predictions of the test samples beside two baselines
 * that see the same training samples and the same transformed values.
 *
 * @param dataset The prepared data.
 * @param predicted The network's class of every sample.
 * @returns Null if there is no test sample.
 */
export function compareWithBaselines(
  dataset: Dataset,
  predicted: Int32Array,
): Comparison | null {
  const classesOf = (split: Split) =>
    rowsOf(dataset, split).map((row) => dataset.classOf[row]);
  const testRows = rowsOf(dataset, "test");
  if (testRows.length === 0) return null;
  const train = takeRows(dataset, rowsOf(dataset, "train"));
  const test = takeRows(dataset, testRows);
  const trainClasses = classesOf("train");
  const genes = dataset.genes.length;
  const score = (classes: ArrayLike<number>) =>
    classificationScores(
      classesOf("test"),
      classes,
      dataset.tissueNames.length,
    );
  return {
    network: score(testRows.map((row) => predicted[row])),
    nearestCentroid: score(nearestCentroid(train, trainClasses, test, genes)),
    fiveNearestNeighbours: score(
      kNearestNeighbours(train, trainClasses, test, genes, NEIGHBOURS),
    ),
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
