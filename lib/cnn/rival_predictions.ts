/** What the simple classifiers predict of the test samples of all folds. */

import { type Dataset, rowsById } from "../prepare/dataset.ts";
import { rowsInIdOrder } from "../prepare/order.ts";
import type { RandomStream } from "../random.ts";
import type { PenaltyRow } from "./outputs.ts";
import {
  classifyFold,
  type RivalResult,
  type RivalSamples,
  type RivalTask,
} from "./rival_fold.ts";
import { forRivals, type RivalName } from "./rivals.ts";

/** The test samples of all folds, in the order of their ids. */
export interface RivalPredictions {
  readonly rows: readonly number[];
  /** By rival, the class of each of these rows. */
  readonly predicted: Readonly<Record<RivalName, Int32Array>>;
  /** By rival, the penalty of each fold; none where there is no penalty. */
  readonly penalties: Readonly<Record<RivalName, readonly PenaltyRow[]>>;
}

/** Trains the rivals of all folds in this thread, fold after fold. */
export function predictByRivals(
  dataset: Dataset,
  stream: RandomStream,
): RivalPredictions {
  const samples = rivalSamples(dataset);
  const tasks = rivalTasks(dataset, stream);
  return joinFolds(
    dataset,
    tasks,
    tasks.map((task) => classifyFold(samples, task)),
  );
}

/** What all folds share. */
export function rivalSamples(
  { values, genes, classOf, tissueNames }: Dataset,
): RivalSamples {
  return {
    values,
    columns: genes.length,
    classOf,
    classes: tissueNames.length,
  };
}

/**
 * The folds with test samples.
 *
 * @param stream For the inner folds.
 */
export function rivalTasks(
  dataset: Dataset,
  stream: RandomStream,
): RivalTask[] {
  return dataset.folds.map((fold) => ({
    fold: fold.fold,
    seed: stream.child(`fold/${fold.fold}`).seed,
    train: [...rowsById(dataset, fold, "train")],
    validation: [...rowsById(dataset, fold, "validation")],
    test: [...rowsById(dataset, fold, "test")],
  })).filter(({ test }) => test.length > 0);
}

/** Puts the folds' predictions together. */
export function joinFolds(
  { sampleIds }: Pick<Dataset, "sampleIds">,
  tasks: readonly RivalTask[],
  results: readonly Record<RivalName, RivalResult>[],
): RivalPredictions {
  const tested = new Set(tasks.flatMap(({ test }) => test));
  const rows = rowsInIdOrder(sampleIds).filter((row) => tested.has(row));
  const indexOf = new Map(rows.map((row, index) => [row, index]));
  const predicted = forRivals(() => new Int32Array(rows.length));
  const penalties = forRivals((): PenaltyRow[] => []);
  tasks.forEach(({ test }, fold) =>
    forRivals((name) => {
      const { classes, penalty } = results[fold][name];
      test.forEach((row, i) => predicted[name][indexOf.get(row)!] = classes[i]);
      if (penalty) penalties[name].push(penalty);
    })
  );
  return { rows, predicted, penalties };
}
