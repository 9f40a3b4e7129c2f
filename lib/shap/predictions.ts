/** The samples to explain, and what the networks say of them. */

import { inferenceBatch } from "../cnn/batch_limits.ts";
import {
  disposeFrozen,
  freeze,
  type FrozenNetwork,
} from "../cnn/inference_pass.ts";
import { buildNetwork, disposeNetwork } from "../cnn/network.ts";
import type { EnsembleMember, NetworkFile } from "../cnn/ensemble.ts";
import { predictLogits } from "../cnn/predict.ts";
import { readNetwork } from "../cnn/read_network.ts";
import { largestOfRow, softmax } from "../cnn/softmax.ts";
import { type Dataset, type Fold, rowsById } from "../prepare/dataset.ts";
import { type ImageMatrix, takeImageRows } from "../prepare/image_matrix.ts";
import { InputError, rerun, RunError } from "../cli/errors.ts";
import { RandomStream } from "../random.ts";
import { alphaDensity, DENSITY_PREDICTIONS } from "./alpha_density.ts";
import type { NetworkToExplain } from "./explain_worker.ts";
import { type ExplainedOutput, outputValues } from "./explained_output.ts";
import { addCentered } from "./learned_outputs.ts";
import type { ExplanationRow } from "./outputs.ts";
import type { SampleRule } from "./sample_rules.ts";

/** A sample as a fold's networks see it. */
export interface ExplainedSample extends
  Pick<
    ExplanationRow,
    | "sample_id"
    | "tissue"
    | "predicted"
    | "model_output"
    | "base_value"
    | "fold"
    | "explained_tissue"
  > {
  /** Row of the prepared matrix. */
  readonly row: number;
  /** The class of `explained_tissue`. */
  readonly explainedClass: number;
}

/** A network, and where its output changes most. */
type ExplainedNetwork =
  & NetworkFile
  & Pick<NetworkToExplain, "alphaDensity">;

/** A fold with its networks and the samples that they explain. */
export interface FoldSamples {
  /** From 1. */
  readonly fold: number;
  /** The fold's training samples, by id. */
  readonly backgroundRows: Int32Array;
  /** Each background row's class. */
  readonly backgroundClasses: Int32Array;
  /**
   * Its centered logits, mean over the networks, rows x tissues; empty if the
   * base values were known.
   */
  readonly backgroundOutputs: Float64Array;
  /** By their number in the ensemble. */
  readonly networks: readonly ExplainedNetwork[];
  /** Each network's pixel of every column; undefined: column c's is c. */
  readonly images: readonly (Uint32Array | undefined)[];
  /** By id. */
  readonly samples: readonly ExplainedSample[];
}

/** What the predictions are made from. */
export interface PredictionInputs {
  readonly dataset: Dataset;
  readonly matrix: ImageMatrix;
  /** Every fold's networks. */
  readonly networks: readonly NetworkFile[];
  /** The samples that a fold's networks explain, in the order of their ids. */
  readonly rowsOf: (fold: Fold) => Int32Array;
  /** Bytes of the backend's largest tensor. */
  readonly maxBufferBytes: number;
  readonly output: ExplainedOutput;
  readonly sampleRule: SampleRule;
  /** The seed of each network's density of alphas; null if none is wanted. */
  readonly densitySeed: ((network: EnsembleMember) => number) | null;
  /**
   * The base values of folds, by class, that are known from an earlier part;
   * those of other folds are added. They do not depend on the samples that are
   * explained.
   */
  readonly baseValues?: Map<number, Float64Array>;
}

/** The folds that have samples to explain. */
function explainedFolds({ dataset, networks, rowsOf }: PredictionInputs) {
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

async function predictFold(
  inputs: PredictionInputs,
  { fold, rows, backgroundRows, files }: ReturnType<
    typeof explainedFolds
  >[number],
  onPredicted?: (samples: number) => void,
): Promise<FoldSamples> {
  const { dataset, matrix, maxBufferBytes, densitySeed, output } = inputs;
  const tissues = dataset.tissueNames;
  const background = takeImageRows(matrix, backgroundRows);
  const samples = takeImageRows(matrix, rows);

  const ownClasses = rows.map((row) => dataset.classOf[row]);
  const probabilities = new Float64Array(rows.length * tissues.length);
  const outputs = new Float64Array(probabilities.length);
  const known = inputs.baseValues?.get(fold);
  const baseValues = known ?? new Float64Array(tissues.length);
  const backgroundOutputs = new Float64Array(
    known ? 0 : backgroundRows.length * tissues.length,
  );
  const networks: ExplainedNetwork[] = [];
  const images: (Uint32Array | undefined)[] = [];
  for (const file of files) {
    const frozen = await openNetwork(file, dataset, matrix);
    const { network } = frozen;
    images.push(network.architecture.pixelOf);
    const batch = inferenceBatch({ maxBufferBytes }, network.architecture);
    const predict = async (values: Float32Array, count: number) => {
      const logits = await predictLogits(
        frozen,
        values,
        count,
        batch,
        onPredicted,
      );
      checkFinite(logits, file);
      return logits;
    };
    const logits = await predict(samples, rows.length);
    softmax(logits, tissues.length).forEach((probability, index) =>
      probabilities[index] += probability / files.length
    );
    outputValues(logits, tissues.length, output).forEach((value, index) =>
      outputs[index] += value / files.length
    );
    if (known === undefined) {
      const count = backgroundRows.length;
      const share = 1 / (count * files.length);
      const logits = await predict(background, count);
      outputValues(logits, tissues.length, output).forEach((value, index) =>
        baseValues[index % tissues.length] += value * share
      );
      addCentered(backgroundOutputs, logits, tissues.length, files.length);
    }
    networks.push({
      ...file,
      alphaDensity: densitySeed
        ? await alphaDensity(
          frozen,
          {
            from: background,
            to: samples,
            classes: inputs.sampleRule === "all" ? ownClasses : undefined,
            output,
          },
          new RandomStream(densitySeed(file)),
          batch,
          onPredicted,
        )
        : undefined,
    });
    disposeFrozen(frozen);
    disposeNetwork(network);
  }
  inputs.baseValues?.set(fold, baseValues);
  const predicted = largestOfRow(probabilities, tissues.length);
  const classes = inputs.sampleRule === "all" ? ownClasses : predicted;
  return {
    fold,
    backgroundRows,
    backgroundOutputs,
    backgroundClasses: backgroundRows.map((row) => dataset.classOf[row]),
    networks,
    images,
    samples: Array.from(rows, (row, index) => ({
      sample_id: dataset.sampleIds[row],
      tissue: dataset.tissues[row],
      predicted: tissues[predicted[index]],
      explained_tissue: tissues[classes[index]],
      model_output: outputs[index * tissues.length + classes[index]],
      base_value: baseValues[classes[index]],
      fold,
      row,
      explainedClass: classes[index],
    })),
  };
}

/** @throws {RunError} If an output is not finite. */
function checkFinite(
  logits: ArrayLike<number>,
  { fold, member }: EnsembleMember,
): void {
  if (Array.prototype.every.call(logits, Number.isFinite)) return;
  throw new RunError(
    `Cannot explain: outputs of network ${member} of fold ${fold} are not ` +
      "finite and should be; its weights may have diverged",
    rerun("cnn", { "learning-rate": 0.00001 }),
  );
}

/**
 * Puts a network onto the backend; the caller frees it.
 *
 * @throws {InputError} If the network does not fit the data.
 */
export async function openNetwork(
  file: NetworkFile,
  dataset: Dataset,
  matrix: ImageMatrix,
): Promise<FrozenNetwork> {
  const { architecture, weights } = await readNetwork(file, dataset, matrix);
  return freeze(buildNetwork(architecture, weights));
}
