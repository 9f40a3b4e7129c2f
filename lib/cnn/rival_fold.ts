/** The simple classifiers of one fold: trained, and what they predict. */

import { kNearestNeighbors, nearestCentroid } from "../ml/baselines.ts";
import { drawInnerFolds } from "../ml/inner_folds.ts";
import {
  type OtherSamples,
  tuneLogistic,
  tuneRidge,
} from "../ml/linear_classifiers.ts";
import { findAxes } from "../ml/sample_axes.ts";
import { squaredDistances } from "../ml/squared_distances.ts";
import { takeImageRows } from "../prepare/image_matrix.ts";
import type { Split } from "../prepare/dataset.ts";
import { RandomStream } from "../random.ts";
import type { PenaltyRow } from "./outputs.ts";
import type { RivalName } from "./rivals.ts";
import { largestOfRow } from "./softmax.ts";

/** Neighbors that vote. */
const NEIGHBORS = 5;

/** All samples, with the values that the network has. */
export interface RivalSamples {
  /** Samples x columns, row after row. */
  readonly values: Float32Array;
  readonly columns: number;
  /** The class of each sample, in [0, classes). */
  readonly classOf: ArrayLike<number>;
  readonly classes: number;
}

/** A fold with its samples, each part in the order of the samples' ids. */
export interface RivalTask extends Readonly<Record<Split, readonly number[]>> {
  readonly fold: number;
  /** For the inner folds where there is no validation sample. */
  readonly seed: number;
}

/** What a classifier says of the fold's test samples, in their order. */
export interface RivalResult {
  readonly classes: Int32Array;
  /** Null of a classifier without one. */
  readonly penalty: PenaltyRow | null;
}

/**
 * Trains every rival on the fold's training samples. The validation samples,
 * which the network does not learn from either, choose the penalties.
 */
export function classifyFold(
  { values, columns, classOf, classes }: RivalSamples,
  task: RivalTask,
): Record<RivalName, RivalResult> {
  const samplesOf = (split: Split) => ({
    values: takeImageRows({ values, columns }, task[split]),
    classOf: task[split].map((row) => classOf[row]),
  });
  const train = samplesOf("train");
  const test = samplesOf("test");
  const measure = ({ values, classOf }: typeof train): OtherSamples => ({
    squares: squaredDistances(values, train.values, columns),
    classOf,
  });
  const validation = measure(samplesOf("validation"));
  const stream = new RandomStream(task.seed);
  const parts = {
    train: measure(train),
    validation,
    classes,
    innerFold: drawInnerFolds(train.classOf, (rows) => stream.shuffle(rows)),
  };
  const { squares } = measure(test);
  const axes = findAxes(parts.train.squares, train.classOf.length);
  const tuned = (tune: typeof tuneRidge): RivalResult => {
    const { penalty, outputsOf } = tune(parts, axes);
    return {
      classes: largestOfRow(outputsOf(squares), classes),
      penalty: {
        fold: task.fold,
        penalty,
        chosen_by: validation.classOf.length > 0
          ? "validation samples"
          : "cross-validation",
      },
    };
  };
  const untuned = (classes: Int32Array) => ({ classes, penalty: null });
  return {
    nearest_centroid: untuned(
      nearestCentroid(train.values, train.classOf, test.values, columns),
    ),
    five_nearest_neighbors: untuned(
      kNearestNeighbors(
        train.values,
        train.classOf,
        test.values,
        columns,
        NEIGHBORS,
      ),
    ),
    ridge: tuned(tuneRidge),
    logistic_regression: tuned(tuneLogistic),
  };
}
