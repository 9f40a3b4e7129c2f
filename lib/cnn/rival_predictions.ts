/** What the simple classifiers predict of the test samples. */

import { kNearestNeighbors, nearestCentroid } from "../ml/baselines.ts";
import { drawInnerFolds } from "../ml/inner_folds.ts";
import {
  type OtherSamples,
  tuneLogistic,
  tuneRidge,
} from "../ml/linear_classifiers.ts";
import { findAxes } from "../ml/sample_axes.ts";
import { squaredDistances } from "../ml/squared_distances.ts";
import {
  type Dataset,
  type Fold,
  rowsById,
  type Split,
  takeRows,
} from "../prepare/dataset.ts";
import { rowsInIdOrder } from "../prepare/order.ts";
import type { RandomStream } from "../random.ts";
import type { PenaltyRow } from "./outputs.ts";
import { forRivals, type RivalName } from "./rivals.ts";
import { largestOfRow } from "./softmax.ts";

/** Neighbors that vote. */
const NEIGHBORS = 5;

/** The test samples of all folds, in the order of their ids. */
export interface RivalPredictions {
  readonly rows: readonly number[];
  /** By rival, the class of each of these rows. */
  readonly predicted: Readonly<Record<RivalName, Int32Array>>;
  /** By rival, the penalty of each fold; none where there is no penalty. */
  readonly penalties: Readonly<Record<RivalName, readonly PenaltyRow[]>>;
}

/**
 * Trains every rival on the training samples of each fold, on the network's
 * values, and predicts the fold's test samples. The validation samples, which
 * the network does not learn from either, choose the penalties.
 *
 * @param stream For the inner folds where there is no validation sample.
 * @param onFold Called after each fold.
 */
export function predictByRivals(
  dataset: Dataset,
  stream: RandomStream,
  onFold: () => void = () => {},
): RivalPredictions {
  const places = new Int32Array(dataset.sampleIds.length).fill(-1);
  const tested = new Set(
    dataset.folds.flatMap((fold) => [...rowsById(dataset, fold, "test")]),
  );
  const rows = rowsInIdOrder(dataset.sampleIds).filter((row) =>
    tested.has(row)
  );
  rows.forEach((row, place) => places[row] = place);
  const predicted = forRivals(() => new Int32Array(rows.length));
  const penalties = forRivals((): PenaltyRow[] => []);
  for (const fold of dataset.folds) {
    const own = rowsById(dataset, fold, "test");
    if (own.length > 0) {
      const found = classifyFold(dataset, fold, stream);
      forRivals((name) => {
        const { classes, penalty } = found[name];
        own.forEach((row, i) => predicted[name][places[row]] = classes[i]);
        if (penalty) penalties[name].push(penalty);
      });
    }
    onFold();
  }
  return { rows, predicted, penalties };
}

/** The classes of one fold's test samples, in the order of their ids. */
function classifyFold(dataset: Dataset, fold: Fold, stream: RandomStream) {
  const features = dataset.genes.length;
  const classes = dataset.tissueNames.length;
  const samplesOf = (split: Split) => {
    const rows = rowsById(dataset, fold, split);
    return {
      values: takeRows(dataset, rows),
      classOf: rows.map((row) => dataset.classOf[row]),
    };
  };
  const train = samplesOf("train");
  const test = samplesOf("test");
  const measure = ({ values, classOf }: typeof train): OtherSamples => ({
    squares: squaredDistances(values, train.values, features),
    classOf,
  });
  const validation = measure(samplesOf("validation"));
  const parts = {
    train: measure(train),
    validation,
    classes,
    innerFold: drawInnerFolds(
      train.classOf,
      (rows) => stream.child(`fold/${fold.fold}`).shuffle(rows),
    ),
  };
  const { squares } = measure(test);
  const axes = findAxes(parts.train.squares, train.classOf.length);
  const tuned = (tune: typeof tuneRidge) => {
    const { penalty, outputsOf } = tune(parts, axes);
    return {
      classes: largestOfRow(outputsOf(squares), classes),
      penalty: {
        fold: fold.fold,
        penalty,
        chosen_by: validation.classOf.length > 0
          ? "validation samples" as const
          : "cross-validation" as const,
      },
    };
  };
  const untuned = (classes: Int32Array) => ({ classes, penalty: null });
  return {
    nearest_centroid: untuned(
      nearestCentroid(train.values, train.classOf, test.values, features),
    ),
    five_nearest_neighbors: untuned(
      kNearestNeighbors(
        train.values,
        train.classOf,
        test.values,
        features,
        NEIGHBORS,
      ),
    ),
    ridge: tuned(tuneRidge),
    logistic_regression: tuned(tuneLogistic),
  };
}
