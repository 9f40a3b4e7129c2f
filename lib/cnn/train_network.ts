/** One network from its first weights to its last. */

import { reserveMemory } from "../backend/reserve_memory.ts";
import { countedNote } from "../cli/text.ts";
import { openStream } from "../random.ts";
import type { Architecture } from "./architecture.ts";
import { trainingHeapBytes } from "./memory_estimate.ts";
import { buildNetwork, initialWeights, writeWeights } from "./network.ts";
import { recomputeBatchNorm } from "./precise_batch_norm.ts";
import { trainEpochs, type Training } from "./training.ts";

/** Updates after which Keras's moving statistics are close to the batches'. */
const ENOUGH_UPDATES = 300;

/**
 * Trains a network, takes the weights of the epoch that is to be kept and
 * recomputes its BatchNorm statistics, as the flags of the cnn stage say.
 *
 * @returns The network, of which the caller disposes, its history, the epoch
 * whose weights were kept, and the number of updates.
 * @throws {RunError} If the loss is no longer finite.
 */
export async function trainNetwork(
  architecture: Architecture,
  training: Training,
) {
  const { train, parameters } = training;
  const { batch } = parameters;
  // A last sample may join the batch before.
  reserveMemory(trainingHeapBytes(architecture, batch + 1));
  const network = buildNetwork(
    architecture,
    initialWeights(architecture, training.seedOf("weights")),
  );
  const { history, best, updates } = await trainEpochs(network, training);
  if (best !== null) {
    writeWeights(network, best.weights);
  } else if (parameters.keep === "best") {
    training.warn?.(
      "The last epoch's network was kept: without validation samples no " +
        "epoch is known to be the best.",
    );
  }
  if (parameters["batch-norm"] === "recomputed") {
    await recomputeBatchNorm(
      network,
      train,
      batch,
      openStream(training.seedOf("shuffle"), "statistics"),
      countedNote(
        "recomputing statistics",
        train.classes.length,
        (note) => training.onBatch?.(0, note),
      ),
    );
  } else if (updates < ENOUGH_UPDATES) {
    training.warn?.(
      `The network was updated ${updates} times only, too few for ` +
        "BatchNorm's moving averages: expect poor predictions, " +
        "or use --cnn.batch-norm recomputed.",
    );
  }
  const keptEpoch = best?.epoch ?? parameters.epochs;
  return { network, history, keptEpoch, updates };
}

/** What `trainNetwork` gives. */
export type TrainedNetwork = Awaited<ReturnType<typeof trainNetwork>>;
