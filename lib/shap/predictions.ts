/** The samples to explain, and what the networks say of them. */

import { rowsById } from "../prepare/dataset.ts";
import { InputError, rerun } from "../cli/errors.ts";
import { DENSITY_PREDICTIONS } from "./alpha_density.ts";
import type {
  FoldSamples,
  FoldToPredict,
  PredictionInputs,
} from "./fold_samples.ts";
import { predictFold } from "./predict_fold.ts";

/** The folds that have samples to explain. */
function explainedFolds(
  { dataset, networks, rowsOf }: PredictionInputs,
): FoldToPredict[] {
  return dataset.folds.map((fold) => ({
    fold: fold.fold,
    rows: rowsOf(fold),
    backgroundRows: rowsById(dataset, fold, "train"),
    files: networks.filter((network) => network.fold === fold.fold),
  })).filter(({ rows }) => rows.length > 0);
}

/** How many predictions `predictFolds` will make. */
export function predictionsToMake(inputs: PredictionInputs): number {
  const { densitySeed, baseValues } = inputs;
  const forDensity = densitySeed === null ? 0 : DENSITY_PREDICTIONS;
  return explainedFolds(inputs).reduce(
    (sum, { fold, rows, backgroundRows, files }) => {
      const forBase = baseValues?.has(fold) ? 0 : backgroundRows.length;
      return sum + files.length * (rows.length + forBase + forDensity);
    },
    0,
  );
}

/**
 * Predicts each fold's samples by the mean probability over its networks,
 * and takes the mean output of the explained class for them and for the fold's
 * background, which is its training part. Samples are in the order
 * of their ids, so that no rounding depends on the order of the user's file.
 *
 * @param onPredicted Is called after each batch with its samples.
 * @returns The folds that have samples to explain.
 * @throws {InputError} If the networks do not fit the folds or the data.
 * @throws {RunError} If an output is not finite.
 */
export async function predictFolds(
  inputs: PredictionInputs,
  onPredicted?: (samples: number) => void,
): Promise<FoldSamples[]> {
  const explained = explainedFolds(inputs);
  const counts = explained.map(({ files }) => files.length);
  if (counts.some((count) => count === 0 || count !== counts[0])) {
    throw new InputError(
      `Cannot explain: the folds have ${counts.join(", ")} networks and ` +
        "should have equally many, at least 1",
      rerun("cnn", { force: true }),
    );
  }
  const folds: FoldSamples[] = [];
  for (const fold of explained) {
    folds.push(await predictFold(inputs, fold, onPredicted));
  }
  return folds;
}
