/** The samples to explain, and what the networks say of them. */

import { inferenceBatch } from "../cnn/batch_limits.ts";
import { disposeFrozen, freeze } from "../cnn/inference_pass.ts";
import { readModel } from "../cnn/keras_model.ts";
import { buildNetwork, disposeNetwork } from "../cnn/network.ts";
import type { EnsembleMember, NetworkFile } from "../cnn/ensemble.ts";
import { predictLogits } from "../cnn/predict.ts";
import { largestOfRow, softmax } from "../cnn/softmax.ts";
import { type Dataset, type Fold, rowsById } from "../prepare/dataset.ts";
import { type ImageMatrix, takeImageRows } from "../prepare/image_matrix.ts";
import { InputError, rerun } from "../cli/errors.ts";
import { RandomStream } from "../random.ts";
import {
  alphaDensity,
  DENSITY_PREDICTIONS,
  type Paths,
} from "./alpha_density.ts";

/** A test sample as its fold's networks see it. */
export interface ExplainedSample {
  readonly sampleId: string;
  /** Row of the prepared matrix. */
  readonly row: number;
  /** The fold that tests it. */
  readonly fold: number;
  readonly tissue: string;
  /** The tissue of the largest mean probability over the networks. */
  readonly predicted: string;
  readonly predictedClass: number;
  /** The predicted class's mean probability, f_c(x). */
  readonly modelOutput: number;
  /** Mean of f_c over the background. */
  readonly baseValue: number;
}

/** A network, and where its output changes most. */
export interface ExplainedNetwork extends NetworkFile {
  /** How densely to draw alphas, for importance sampling. */
  readonly alphaDensity?: Float64Array;
}

/** A fold with its networks and the samples that they explain. */
export interface FoldSamples {
  /** The fold's training samples, by id. */
  readonly backgroundRows: Int32Array;
  /** Each background row's class. */
  readonly backgroundClasses: Int32Array;
  /** By their number in the ensemble. */
  readonly networks: readonly ExplainedNetwork[];
  /** By id. */
  readonly samples: readonly ExplainedSample[];
}

/** What the predictions are made from. */
export interface PredictionInputs {
  readonly dataset: Dataset;
  readonly matrix: ImageMatrix;
  /** Every fold's networks. */
  readonly networks: readonly NetworkFile[];
  /** Bytes of the backend's largest tensor. */
  readonly maxBufferBytes: number;
  /** The seed of each network's density of alphas; null if none is wanted. */
  readonly densitySeed: ((network: EnsembleMember) => number) | null;
}

/** How many predictions `predictFolds` will make. */
export function predictionsToMake(inputs: PredictionInputs): number {
  const { dataset, networks, densitySeed } = inputs;
  const forDensity = densitySeed === null ? 0 : DENSITY_PREDICTIONS;
  let count = 0;
  for (const fold of dataset.folds) {
    const tested = rowsById(dataset, fold, "test").length;
    if (tested === 0) continue;
    const trained = rowsById(dataset, fold, "train").length;
    for (const network of networks) {
      if (network.fold === fold.fold) count += tested + trained + forDensity;
    }
  }
  return count;
}

/**
 * Predicts each fold's test samples and its background, which is its training
 * part, by the mean probability over its networks. Samples are in the order
 * of their ids, so that no rounding depends on the order of the user's file.
 *
 * @param inputs What the predictions are made from.
 * @param onPredicted Is called after each batch with its samples.
 * @returns The folds that have test samples.
 * @throws {InputError} If the networks do not fit the folds or the data.
 */
export async function predictFolds(
  inputs: PredictionInputs,
  onPredicted: (samples: number) => void = () => {},
): Promise<FoldSamples[]> {
  const { dataset } = inputs;
  const folds: FoldSamples[] = [];
  for (const fold of dataset.folds) {
    const testRows = rowsById(dataset, fold, "test");
    if (testRows.length === 0) continue;
    folds.push(await predictFold(inputs, fold, testRows, onPredicted));
  }
  const counts = folds.map(({ networks }) => networks.length);
  if (counts.some((count) => count === 0 || count !== counts[0])) {
    throw new InputError(
      `Cannot explain: the folds have ${counts.join(", ")} networks and ` +
        "should have equally many, at least 1",
      rerun("cnn", { force: true }),
    );
  }
  return folds;
}

async function predictFold(
  inputs: PredictionInputs,
  fold: Fold,
  testRows: Int32Array,
  onPredicted: (samples: number) => void,
): Promise<FoldSamples> {
  const { dataset, matrix } = inputs;
  const tissues = dataset.tissueNames;
  const files = inputs.networks
    .filter((network) => network.fold === fold.fold)
    .toSorted((a, b) => a.member - b.member);
  const backgroundRows = rowsById(dataset, fold, "train");
  const background = takeImageRows(matrix, backgroundRows);
  const test = takeImageRows(matrix, testRows);

  const outputs = new Float64Array(testRows.length * tissues.length);
  const baseValues = new Float64Array(tissues.length);
  const networks: ExplainedNetwork[] = [];
  for (const file of files) {
    const network = await openNetwork(file, inputs, onPredicted);
    (await network.predict(test)).forEach((probability, index) =>
      outputs[index] += probability / files.length
    );
    const share = 1 / (backgroundRows.length * files.length);
    (await network.predict(background)).forEach((probability, index) =>
      baseValues[index % tissues.length] += probability * share
    );
    networks.push({
      ...file,
      alphaDensity: inputs.densitySeed
        ? await network.alphaDensity(
          { from: background, to: test },
          inputs.densitySeed(file),
        )
        : undefined,
    });
    network.close();
  }
  const classes = largestOfRow(outputs, tissues.length);
  return {
    backgroundRows,
    backgroundClasses: Int32Array.from(
      backgroundRows,
      (row) => dataset.classOf[row],
    ),
    networks,
    samples: Array.from(testRows, (row, index) => ({
      sampleId: dataset.sampleIds[row],
      row,
      fold: fold.fold,
      tissue: dataset.tissues[row],
      predicted: tissues[classes[index]],
      predictedClass: classes[index],
      modelOutput: outputs[index * tissues.length + classes[index]],
      baseValue: baseValues[classes[index]],
    })),
  };
}

/** A network that gives probabilities, samples x tissues, and a density. */
async function openNetwork(
  file: NetworkFile,
  { dataset, matrix, maxBufferBytes }: PredictionInputs,
  onPredicted: (samples: number) => void,
) {
  const { architecture, weights } = await readModel(
    file.modelPath,
    file.weightsPath,
  );
  const { genes, tissues } = architecture;
  if (genes !== matrix.columns || tissues !== dataset.tissueNames.length) {
    throw new InputError(
      `Cannot explain: ${file.modelPath} takes ${genes} genes and decoys and ` +
        `knows ${tissues} tissues; the prepared data have ${matrix.columns} ` +
        `and ${dataset.tissueNames.length}`,
      rerun("cnn", { force: true }),
    );
  }
  const network = buildNetwork(architecture, weights);
  const frozen = freeze(network);
  const batch = inferenceBatch({ maxBufferBytes }, architecture);
  return {
    async predict(values: Float32Array): Promise<Float64Array> {
      const rows = values.length / genes;
      return softmax(
        await predictLogits(frozen, values, rows, batch, onPredicted),
        tissues,
      );
    },
    alphaDensity(paths: Paths, seed: number): Promise<Float64Array> {
      const stream = new RandomStream(seed);
      return alphaDensity(frozen, paths, stream, batch, onPredicted);
    },
    close() {
      disposeFrozen(frozen);
      disposeNetwork(network);
    },
  };
}
