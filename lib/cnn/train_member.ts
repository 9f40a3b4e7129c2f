/** What is done for one network of a run, from its first weights to its files. */

import type { Backend } from "../backend/backend.ts";
import { countedNote } from "../cli/text.ts";
import { type ImageRows, takeImageRows } from "../prepare/image_matrix.ts";
import type { CheckpointStore } from "../store/checkpoint_store.ts";
import type { Architecture } from "./architecture.ts";
import { inferenceBatch } from "./batch_limits.ts";
import type { CheckpointPace } from "../store/checkpoint_pace.ts";
import { Checkpoints } from "./checkpoints.ts";
import {
  type EnsembleMember,
  networkFileNames,
  networkName,
} from "./ensemble.ts";
import { disposeFrozen, freeze } from "./inference_pass.ts";
import { saveModel } from "./keras_model.ts";
import { labeledRows } from "./labeled_samples.ts";
import { disposeNetwork, type Network, readWeights } from "./network.ts";
import type { EpochRow } from "./outputs.ts";
import { predictLogits } from "./predict.ts";
import { softmax } from "./softmax.ts";
import { trainNetwork } from "./train_network.ts";
import type { TrainingValues } from "./training_epochs.ts";
import type { RandomSeeds } from "./training.ts";

/** What all networks of a run share; plain data. */
export interface MemberSetup {
  readonly matrix: ImageRows;
  /** Each sample's class. */
  readonly classOf: Int32Array;
  readonly tissueNames: readonly string[];
  /** The flags of the cnn stage; `batch` as the device allows. */
  readonly parameters: TrainingValues;
  /** Where the network's files are written. */
  readonly folder: string;
}

/** What a thread trains networks with. */
export interface MemberTools extends MemberSetup {
  readonly architecture: Architecture;
  readonly backend: Pick<Backend, "maxBufferBytes">;
  readonly checkpoints: CheckpointStore;
  readonly pace: CheckpointPace;
}

/** One network to train; plain data. */
export interface MemberTask extends EnsembleMember {
  /** Rows of the training samples, in the order of their ids. */
  readonly train: Int32Array;
  /** Rows of the validation samples, in the same order. */
  readonly validation: Int32Array;
  /** Rows of the samples to predict. */
  readonly predicted: Int32Array;
  readonly seeds: RandomSeeds;
  /** Each column's pixel in its images; left out, column c's is pixel c. */
  readonly pixelOf?: Uint32Array;
}

/** What a training reports before it is over. */
export interface MemberReport {
  /** Training samples since the last report. */
  readonly samples: number;
  /** The last epoch, or what is done after the training. */
  readonly note: string;
}

/** One network's training and predictions; plain data. */
export interface TrainedMember {
  readonly history: readonly EpochRow[];
  /** The epoch whose weights were kept. */
  readonly keptEpoch: number;
  readonly updates: number;
  /** predicted samples x tissues. */
  readonly probabilities: Float64Array;
  /** What the report should say. */
  readonly warnings: readonly string[];
}

/**
 * Trains a network, predicts by it, and writes its model and weights.
 *
 * @throws {RunError} If the loss is no longer finite.
 */
export async function trainMember(
  task: MemberTask,
  tools: MemberTools,
  report: (report: MemberReport) => void,
): Promise<TrainedMember> {
  const { matrix, classOf, parameters } = tools;
  const { pixelOf } = task;
  const architecture = pixelOf === undefined
    ? tools.architecture
    : { ...tools.architecture, pixelOf };
  const { checkpoints, pace } = tools;
  const warnings: string[] = [];
  const { network, ...trained } = await trainNetwork(architecture, {
    train: labeledRows(matrix, classOf, task.train),
    validation: labeledRows(matrix, classOf, task.validation),
    parameters,
    seedOf: (stream) => task.seeds[stream],
    checkpoints: new Checkpoints(
      checkpoints,
      `network-${networkName(task)}`,
      parameters["checkpoint-every"],
      pace,
    ),
    onBatch: (samples, note) => report({ samples, note }),
    warn: (message) => warnings.push(message),
  });
  const probabilities = await predict(
    network,
    task.predicted,
    tools,
    (note) => report({ samples: 0, note }),
  );
  await saveModel(
    tools.folder,
    architecture,
    await readWeights(network),
    parameters,
    tools.tissueNames,
    networkFileNames(task),
  );
  disposeNetwork(network);
  return { ...trained, probabilities, warnings };
}

/** rows x tissues probabilities. */
async function predict(
  network: Network,
  rows: Int32Array,
  { matrix, architecture, backend }: MemberTools,
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
