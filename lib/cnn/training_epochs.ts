/** How many epochs a training takes. */

import type { Dataset } from "../prepare/dataset.ts";
import { rowsOf } from "../prepare/dataset.ts";
import type { CnnValues } from "./parameters.ts";

/**
 * Updates of the weights that `--cnn.epochs auto` aims at. Networks of one
 * block reach a training loss near 0 after 150 to 250, at the default rate.
 */
const WANTED_UPDATES = 300;
/** Many samples still need some epochs, few samples do not get endless ones. */
const FEWEST = 10;
const MOST = 100;

/** The flags of the cnn stage with the number of epochs known. */
export type TrainingValues = Omit<CnnValues, "epochs"> & {
  readonly epochs: number;
};

/**
 * Epochs of every network of the run.
 *
 * @param asked `--cnn.epochs`; `auto` takes the epochs that make about 300
 * updates with the smallest training part of all folds, from 10 to 100.
 * @param batch Samples in a batch.
 */
export function trainingEpochs(
  asked: CnnValues["epochs"],
  { folds }: Pick<Dataset, "folds">,
  batch: number,
): number {
  if (asked !== "auto") return asked;
  const fewest = Math.min(...folds.map((fold) => rowsOf(fold, "train").length));
  const updates = Math.max(1, Math.ceil(fewest / batch));
  return Math.min(MOST, Math.max(FEWEST, Math.ceil(WANTED_UPDATES / updates)));
}
