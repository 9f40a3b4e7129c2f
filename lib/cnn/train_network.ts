/** One network from its first weights to its last. */

import { reserveMemory } from "../backend/reserve_memory.ts";
import { countedNote } from "../cli/text.ts";
import type { Values } from "../cli/parameters.ts";
import { openStream } from "../random.ts";
import type { Architecture } from "./architecture.ts";
import type { Checkpoints } from "./checkpoints.ts";
import type { cnnParameters } from "./parameters.ts";
import { recomputeBatchNorm } from "./precise_batch_norm.ts";
import { trainingHeapBytes } from "./memory_estimate.ts";
import {
  buildNetwork,
  initialWeights,
  type Network,
  writeWeights,
} from "./network.ts";
import {
  batchBounds,
  type EpochRecord,
  type LabeledSamples,
  trainEpochs,
} from "./training.ts";

/** Updates after which Keras's moving statistics are close to the batches'. */
const ENOUGH_UPDATES = 300;

/** The seeds of one network. */
export interface NetworkSeeds {
  /** Of the first weights. */
  readonly weights: number;
  /** Of the order of samples in each epoch. */
  readonly shuffle: number;
  readonly dropout: number;
}

/** A network to train. */
export interface NetworkTraining {
  readonly architecture: Architecture;
  /** At least one sample; all of them columns of `architecture.genes`. */
  readonly train: LabeledSamples;
  /** May be empty. */
  readonly validation: LabeledSamples;
  /** The values of the cnn stage's flags. */
  readonly parameters: Values<typeof cnnParameters>;
  /** Samples in a batch, as the device allows. */
  readonly batch: number;
  readonly seeds: NetworkSeeds;
}

/** A trained network; the caller disposes of it. */
export interface TrainedNetwork {
  readonly network: Network;
  readonly history: readonly EpochRecord[];
  /** The epoch whose weights were kept. */
  readonly keptEpoch: number;
  readonly updates: number;
  readonly batchesAnEpoch: number;
}

/**
 * Trains a network, takes the weights of the epoch that is to be kept and
 * recomputes its BatchNorm statistics, as the flags of the cnn stage say.
 *
 * @param training What to train.
 * @param warn Called with what the report should say, too.
 * @param onBatch Called after each batch with its samples and a note on the
 * last epoch, and after the training with 0 samples and what is done then.
 * @param checkpoints Where the training's state is saved.
 * @throws {RunError} If the loss is no longer finite.
 */
export async function trainNetwork(
  { architecture, train, validation, parameters, batch, seeds }:
    NetworkTraining,
  warn: (message: string) => void = () => {},
  onBatch: (samples: number, note: string) => void = () => {},
  checkpoints?: Checkpoints,
): Promise<TrainedNetwork> {
  // A last sample may join the batch before.
  reserveMemory(trainingHeapBytes(architecture, batch + 1));
  const network = buildNetwork(
    architecture,
    initialWeights(architecture, seeds.weights),
  );
  let note = "";
  const result = await trainEpochs(
    network,
    train,
    validation,
    {
      epochs: parameters.epochs,
      batch,
      dropout: parameters.dropout,
      rmsprop: {
        learningRate: parameters["learning-rate"],
        rho: parameters.rho,
        epsilon: parameters.epsilon,
        decay: parameters.decay,
      },
      momentum: parameters.momentum,
      shuffleSeed: seeds.shuffle,
      dropoutSeed: seeds.dropout,
      unbiased: parameters["batch-norm"] === "recomputed",
      keepBest: parameters.keep === "best",
    },
    (record) => {
      note = `epoch ${record.epoch}, loss ${record.loss.toFixed(3)}`;
    },
    (samples) => onBatch(samples, note),
    checkpoints,
  );

  let keptEpoch = parameters.epochs;
  if (parameters.keep === "best") {
    if (result.bestEpoch === null || result.bestWeights === null) {
      warn(
        "The last epoch's network was kept: without validation samples no " +
          "epoch is known to be the best.",
      );
    } else {
      keptEpoch = result.bestEpoch;
      writeWeights(network, result.bestWeights);
    }
  }
  if (parameters["batch-norm"] === "recomputed") {
    await recomputeBatchNorm(
      network,
      train,
      batch,
      openStream(seeds.shuffle, "statistics"),
      countedNote(
        "recomputing statistics",
        train.classes.length,
        (note) => onBatch(0, note),
      ),
    );
  } else if (result.updates < ENOUGH_UPDATES) {
    warn(
      `The network was updated ${result.updates} times only, too few for ` +
        "BatchNorm's moving averages: expect poor predictions, " +
        "or use --cnn.batch-norm recomputed.",
    );
  }
  return {
    network,
    history: result.history,
    keptEpoch,
    updates: result.updates,
    batchesAnEpoch: batchBounds(train.classes.length, batch).length - 1,
  };
}
