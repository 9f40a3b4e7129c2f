/** All networks of a run, trained one after another, and what they predict. */

import type { Backend } from "../backend/open.ts";
import { countedNote } from "../cli/text.ts";
import type { StageContext } from "../pipeline/stage.ts";
import { type Dataset, type Fold, rowsOf } from "../prepare/dataset.ts";
import { type ImageMatrix, takeImageRows } from "../prepare/image_matrix.ts";
import { classificationScores } from "../statistics/classification_scores.ts";
import type { Architecture } from "./architecture.ts";
import { inferenceBatch } from "./batch_limits.ts";
import { Checkpoints } from "./checkpoints.ts";
import {
  type EnsembleMember,
  networkFileNames,
  networkStream,
  planNetworks,
} from "./ensemble.ts";
import { disposeFrozen, freeze } from "./inference_pass.ts";
import { saveModel } from "./keras_model.ts";
import { labeledSamples } from "./labeled_samples.ts";
import { disposeNetwork, type Network, readWeights } from "./network.ts";
import { history, type NetworkRow } from "./outputs.ts";
import type { CnnValues } from "./parameters.ts";
import { predictLogits } from "./predict.ts";
import { largestOfRow, softmax } from "./softmax.ts";
import { type TrainedNetwork, trainNetwork } from "./train_network.ts";

type Context = StageContext<CnnValues>;

/** What all networks of the run share. */
export interface EnsembleInputs {
  readonly dataset: Dataset;
  readonly matrix: ImageMatrix;
  readonly architecture: Architecture;
  readonly backend: Backend;
  /** Samples in a training batch. */
  readonly batch: number;
  /** Of every network. */
  readonly epochs: number;
  /** Networks of each fold. */
  readonly members: number;
}

/**
 * Trains every network, predicts by it, and writes its files.
 *
 * @returns The first network's training, the network itself being gone; a row
 * a network; samples x tissues probabilities, the mean over the networks that
 * predict a sample; and what to warn of.
 */
export async function trainEnsemble(context: Context, inputs: EnsembleInputs) {
  const { dataset, matrix, architecture, batch, epochs, members } = inputs;
  const { parameters } = context;
  const tissues = dataset.tissueNames.length;
  const plan = planNetworks(dataset.folds.length, members);
  const checkpoints = await context.checkpoints(inputs.backend.description);
  using progress = context.progress(
    "training",
    epochs * members * countTrainingSamples(dataset),
    "samples",
  );
  const warnings = new Set<string>();
  const networks: NetworkRow[] = [];
  const probabilities = new Float64Array(dataset.sampleIds.length * tissues);
  let first: Omit<TrainedNetwork, "network"> | undefined;
  for (const member of plan) {
    const fold = dataset.folds[member.fold - 1];
    const name = `${member.fold}.${member.member}`;
    const advance = (samples: number, note: string) =>
      progress.advance(
        samples,
        plan.length === 1 ? note : `network ${name}, ${note}`,
      );
    const trained = await trainNetwork(architecture, {
      train: labeledSamples(dataset, matrix, fold, "train"),
      validation: labeledSamples(dataset, matrix, fold, "validation"),
      parameters: { ...parameters, epochs, batch },
      seedOf: (stream) => context.seedOf(networkStream(member, stream)),
      checkpoints: new Checkpoints(
        checkpoints,
        `network-${name}`,
        parameters["checkpoint-every"],
      ),
      onBatch: advance,
      warn: (message) => warnings.add(message),
    });
    first ??= trained;
    const rows = rowsToPredict(dataset, fold);
    const own = await predict(
      trained.network,
      rows,
      inputs,
      (note) => advance(0, note),
    );
    rows.forEach((row, index) => {
      for (let c = 0; c < tissues; c++) {
        probabilities[row * tissues + c] += own[index * tissues + c] / members;
      }
    });
    networks.push(networkRow(member, trained, dataset, rows, own));
    await writeNetwork(context, member, trained, inputs);
    disposeNetwork(trained.network);
  }
  return { first: first!, networks, probabilities, warnings };
}

/** Training samples, summed over the folds. */
export function countTrainingSamples({ folds }: Dataset): number {
  return folds.reduce((sum, fold) => sum + rowsOf(fold, "train").length, 0);
}

/**
 * The samples that a fold's networks predict: all, where there is one fold;
 * else those that it tests. The first predicts those never tested, too.
 */
function rowsToPredict(dataset: Dataset, fold: Fold): number[] {
  return dataset.sampleIds.flatMap((_, row) =>
    dataset.folds.length === 1 || fold.split[row] === "test" ||
      (fold.fold === 1 && dataset.split[row] !== "test")
      ? [row]
      : []
  );
}

/** rows x tissues probabilities. */
async function predict(
  network: Network,
  rows: readonly number[],
  { matrix, architecture, backend }: EnsembleInputs,
  note: (text: string) => void,
): Promise<Float64Array> {
  const frozen = freeze(network);
  const logits = await predictLogits(
    frozen,
    takeImageRows(matrix, rows),
    rows.length,
    inferenceBatch(backend, architecture),
    countedNote("predicting", rows.length, note),
  );
  disposeFrozen(frozen);
  return softmax(logits, architecture.tissues);
}

/** The row of one network, with its scores on its fold's test samples. */
function networkRow(
  { fold, member }: EnsembleMember,
  { keptEpoch, updates }: TrainedNetwork,
  dataset: Dataset,
  rows: readonly number[],
  probabilities: Float64Array,
): NetworkRow {
  const tissues = dataset.tissueNames.length;
  const predicted = largestOfRow(probabilities, tissues);
  const { split } = dataset.folds[fold - 1];
  const tested = rows.flatMap((row, index) =>
    split[row] === "test" ? [index] : []
  );
  const scores = tested.length === 0 ? null : classificationScores(
    tested.map((index) => dataset.classOf[rows[index]]),
    tested.map((index) => predicted[index]),
    tissues,
  );
  return {
    fold,
    member,
    ...networkFileNames({ fold, member }),
    kept_epoch: keptEpoch,
    updates,
    test_samples: tested.length,
    macro_f1: scores?.macroF1 ?? null,
    accuracy: scores?.accuracy ?? null,
  };
}

/** Writes one network's files. */
async function writeNetwork(
  context: Context,
  member: EnsembleMember,
  trained: TrainedNetwork,
  { architecture, dataset }: EnsembleInputs,
): Promise<void> {
  const files = networkFileNames(member);
  await saveModel(
    context.folder,
    architecture,
    await readWeights(trained.network),
    context.parameters,
    dataset.tissueNames,
    files,
  );
  await context.write(
    { ...history, file: `cnn/${files.history}` },
    trained.history,
  );
}
