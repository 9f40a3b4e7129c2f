/** What one fold's networks say of the samples that they explain. */

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
import type { Dataset } from "../prepare/dataset.ts";
import { type ImageMatrix, takeImageRows } from "../prepare/image_matrix.ts";
import { rerun, RunError } from "../cli/errors.ts";
import { RandomStream } from "../random.ts";
import { alphaDensity } from "./alpha_density.ts";
import { outputValues } from "./explained_output.ts";
import { addCentered } from "./learned_outputs.ts";
import type {
  ExplainedNetwork,
  FoldSamples,
  FoldToPredict,
  PredictionInputs,
} from "./fold_samples.ts";

/**
 * Predicts the samples of one fold.
 *
 * @param onPredicted Is called after each batch with its samples.
 * @throws {InputError} If a network does not fit the data.
 * @throws {RunError} If an output is not finite.
 */
export async function predictFold(
  inputs: PredictionInputs,
  { fold, rows, backgroundRows, files }: FoldToPredict,
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
