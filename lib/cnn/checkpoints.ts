/** The state of a training, saved between epochs in case of a crash. */

import type * as tf from "@tensorflow/tfjs-core";
import { readValues, writeValues } from "../backend/values.ts";
import type {
  CheckpointReader,
  CheckpointStore,
} from "../store/checkpoint_store.ts";
import { CheckpointPace } from "../store/checkpoint_pace.ts";
import {
  bytesOf,
  namedWeights,
  type Network,
  trainedVariables,
} from "./network.ts";
import type { Rmsprop } from "./optimizer.ts";
import type { TrainingState } from "./training.ts";

/** What a checkpoint begins with, as JSON. */
interface Head {
  readonly updates: number;
  readonly history: TrainingState["history"];
  /** Its weights are the last in the checkpoint. */
  readonly best: { readonly epoch: number; readonly loss: number } | null;
  /** After it the mean squares are left out. */
  readonly isLast: boolean;
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
   * @param every Epochs from one checkpoint to the next, at least.
   * @param pace How far apart they are in time; networks of the same size that
   * are trained one after another share it.
   */
  constructor(
    readonly store: CheckpointStore,
    readonly name: string,
    readonly every = 1,
    readonly pace = new CheckpointPace(),
  ) {}

  /** Restores what an earlier command has left, if it has left anything. */
  restore(network: Network, optimizer: Rmsprop): TrainingState | undefined {
    const reader = this.store.open(this.name);
    if (reader === undefined) return undefined;
    try {
      const [length] = new Uint32Array(readBytes(reader, 4));
      const text = new TextDecoder().decode(readBytes(reader, length));
      const { updates, history, best, isLast }: Head = JSON.parse(text);
      const readNext = ({ size }: tf.Variable) =>
        new Float32Array(readBytes(reader, 4 * size));
      for (const variable of savedVariables(network, optimizer, isLast)) {
        writeValues(variable, readNext(variable));
      }
      optimizer.updates = updates;
      const readBest = () =>
        namedWeights(network).map(({ name, variable }) => ({
          name,
          shape: variable.shape,
          values: readNext(variable),
        }));
      return { history, best: best && { ...best, weights: readBest() } };
    } finally {
      reader.close();
    }
  }

  /** Saves the state after an epoch, if it is time to. */
  async save(
    network: Network,
    optimizer: Rmsprop,
    { history, best }: TrainingState,
    isLast: boolean,
  ): Promise<void> {
    const start = performance.now();
    const isDue = history.length % this.every === 0 &&
      (start - this.#last) / 1000 >= this.pace.interval;
    if (!isDue && !isLast) return;
    const head: Head = {
      updates: optimizer.updates,
      history,
      best: best && { epoch: best.epoch, loss: best.loss },
      isLast,
    };
    await this.store.writeParts(
      this.name,
      async function* () {
        const text = new TextEncoder().encode(JSON.stringify(head));
        yield new Uint8Array(Uint32Array.of(text.length).buffer);
        yield text;
        for (const variable of savedVariables(network, optimizer, isLast)) {
          const values = new Float32Array(variable.size);
          await readValues(variable, values);
          yield bytesOf(values);
        }
        for (const { values } of best?.weights ?? []) yield bytesOf(values);
      }(),
    );
    this.#last = performance.now();
    // The last one holds less than the others.
    if (!isLast) this.pace.took((this.#last - start) / 1000);
  }
}

/** The weights, and what the optimizer needs for another epoch. */
function savedVariables(
  network: Network,
  optimizer: Rmsprop,
  isLast: boolean,
): tf.Variable[] {
  const meanSquares = isLast ? [] : trainedVariables(network)
    .map((variable) => optimizer.meanSquareOf(variable));
  return [...network.variables.flat(), ...meanSquares];
}

function readBytes(reader: CheckpointReader, count: number): ArrayBuffer {
  const bytes = new Uint8Array(count);
  reader.read(bytes);
  return bytes.buffer;
}
