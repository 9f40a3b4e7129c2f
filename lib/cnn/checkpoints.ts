/** The state of a training, saved epoch by epoch in case of a crash. */

import { readValues, writeValues } from "../backend/values.ts";
import type {
  CheckpointReader,
  CheckpointStore,
} from "../store/checkpoint_store.ts";
import {
  namedWeights,
  type Network,
  trainedVariables,
  type WeightValues,
} from "./network.ts";
import type { Rmsprop } from "./optimizer.ts";
import type { EpochRecord } from "./training.ts";

/** Fewer seconds of work are not worth a checkpoint. */
const LEAST_SECONDS = 5;

/** The progress of a training. */
export interface TrainingState {
  /** One record an epoch. */
  readonly history: EpochRecord[];
  /** The epoch of the lowest validation loss so far. */
  readonly best: { readonly epoch: number; readonly valLoss: number } | null;
  /** Its weights, if they are to be kept. */
  readonly bestWeights: WeightValues[] | null;
}

/** What a checkpoint begins with, as JSON. */
interface Head {
  readonly updates: number;
  readonly history: EpochRecord[];
  readonly best: TrainingState["best"];
  /** Whether the weights of the best epoch follow. */
  readonly hasBest: boolean;
  /** Whether the mean squares follow; after the last epoch they do not. */
  readonly hasMeanSquares: boolean;
}

/**
 * One network's checkpoint: its weights, the optimizer's mean squares and
 * number of updates, the history, and the best epoch's weights. Every random
 * number is drawn from a stream named by epoch and batch, so no random state
 * has to be saved.
 */
export class Checkpoints {
  #last = performance.now();

  /**
   * @param store Where checkpoints are saved.
   * @param name The network's.
   * @param every Epochs from one checkpoint to the next.
   * @param leastSeconds Least time from one checkpoint to the next.
   */
  constructor(
    readonly store: CheckpointStore,
    readonly name: string,
    readonly every = 1,
    readonly leastSeconds = LEAST_SECONDS,
  ) {}

  /**
   * Restores a network and its optimizer as an earlier command left them.
   *
   * @returns undefined if there is no checkpoint.
   */
  restore(network: Network, optimizer: Rmsprop): TrainingState | undefined {
    const reader = this.store.open(this.name);
    if (reader === undefined) return undefined;
    try {
      const head = readHead(reader);
      const variables = namedWeights(network).map(({ variable }) => variable);
      if (head.hasMeanSquares) {
        variables.push(
          ...trainedVariables(network).map((variable) =>
            optimizer.meanSquareOf(variable)
          ),
        );
      }
      for (const variable of variables) {
        writeValues(variable, readFloats(reader, variable.size));
      }
      optimizer.updates = head.updates;
      const bestWeights = head.hasBest
        ? namedWeights(network).map(({ name, variable }) => ({
          name,
          shape: variable.shape,
          values: readFloats(reader, variable.size),
        }))
        : null;
      return { history: head.history, best: head.best, bestWeights };
    } finally {
      reader.close();
    }
  }

  /** Saves the state after an epoch, if it is time to. */
  async save(
    network: Network,
    optimizer: Rmsprop,
    { history, best, bestWeights }: TrainingState,
    isLast: boolean,
  ): Promise<void> {
    const seconds = (performance.now() - this.#last) / 1000;
    const isDue = history.length % this.every === 0 &&
      seconds >= this.leastSeconds;
    if (!isDue && !isLast) return;
    const head: Head = {
      updates: optimizer.updates,
      history,
      best,
      hasBest: bestWeights !== null,
      hasMeanSquares: !isLast,
    };
    await this.store.writeParts(
      this.name,
      async function* () {
        const text = new TextEncoder().encode(JSON.stringify(head));
        yield new Uint8Array(Uint32Array.of(text.length).buffer);
        yield text;
        const variables = namedWeights(network).map(({ variable }) => variable);
        if (!isLast) {
          variables.push(
            ...trainedVariables(network).map((variable) =>
              optimizer.meanSquareOf(variable)
            ),
          );
        }
        for (const variable of variables) {
          const values = new Float32Array(variable.size);
          await readValues(variable, values);
          yield new Uint8Array(values.buffer);
        }
        for (const { values } of bestWeights ?? []) {
          yield new Uint8Array(
            values.buffer,
            values.byteOffset,
            values.byteLength,
          );
        }
      }(),
    );
    this.#last = performance.now();
  }
}

function readHead(reader: CheckpointReader): Head {
  const length = new Uint32Array(1);
  reader.read(new Uint8Array(length.buffer));
  const text = new Uint8Array(length[0]);
  reader.read(text);
  return JSON.parse(new TextDecoder().decode(text));
}

function readFloats(
  reader: CheckpointReader,
  size: number,
): Float32Array<ArrayBuffer> {
  const values = new Float32Array(size);
  reader.read(new Uint8Array(values.buffer));
  return values;
}
