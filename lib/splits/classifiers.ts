/** The networks of a split beside simple classifiers of the same samples. */

import { predictByRivals } from "../cnn/rival_predictions.ts";
import { rivalNames } from "../cnn/rivals.ts";
import { largestOfRow } from "../cnn/softmax.ts";
import { type Dataset, rowsOf } from "../prepare/dataset.ts";
import type { RandomStream } from "../random.ts";
import { classificationScores } from "../statistics/classification_scores.ts";
import type { F1Row } from "./outputs.ts";

/**
 * Scores the networks' predictions and those of the simple classifiers of the
 * stage `cnn`, all on the split's test samples.
 *
 * @param dataset With the split as its only fold.
 * @param probabilities samples x tissues, the mean over the networks.
 * @param stream For the inner folds of a split without validation samples.
 * @returns A row a classifier; none if there is no test sample.
 */
export function scoreClassifiers(
  split: number,
  dataset: Dataset,
  probabilities: Float64Array,
  stream: RandomStream,
): F1Row[] {
  const classes = dataset.tissueNames.length;
  const { rows, predicted } = predictByRivals(dataset, stream);
  if (rows.length === 0) return [];
  const networks = largestOfRow(probabilities, classes);
  const truth = rows.map((row) => dataset.classOf[row]);
  const trained = rowsOf(dataset.folds[0], "train").length;
  const score = (
    classifier: F1Row["classifier"],
    own: ArrayLike<number>,
  ): F1Row => {
    const { macroF1, accuracy } = classificationScores(truth, own, classes);
    return {
      split,
      classifier,
      macro_f1: macroF1,
      accuracy,
      trained,
      tested: rows.length,
    };
  };
  return [
    score("networks", rows.map((row) => networks[row])),
    ...rivalNames.map((name) => score(name, predicted[name])),
  ];
}
