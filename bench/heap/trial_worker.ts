/// <reference lib="deno.worker" />
/**
 * Replays the allocations of training: all tensors are made and freed as usual,
 * but our kernels compute nothing. A full heap stays full, so each trial has its
 * own worker and heap.
 */

import * as tf from "@tensorflow/tfjs-core";
import { openBackend } from "../../lib/backend/open.ts";
import { reserveMemory } from "../../lib/backend/reserve_memory.ts";
import { loadedKernels } from "../../lib/backend/wasm/kernel_module.ts";
import { describeNetwork, STUDY_SIZES } from "../../lib/cnn/architecture.ts";
import {
  buildNetwork,
  initialWeights,
  trainedVariables,
} from "../../lib/cnn/network.ts";
import { Rmsprop } from "../../lib/cnn/optimizer.ts";
import { trainOnBatch } from "../../lib/cnn/training.ts";
import { RandomStream } from "../../lib/random.ts";

/** What to replay. */
export interface Trial {
  readonly side: number;
  readonly width: number;
  /** Samples in a batch. */
  readonly batch: number;
  /** Bytes to reserve for it; 0 for none. */
  readonly reserved: number;
}

/** The result. */
export interface Outcome {
  /** Bytes of heap at the end. */
  readonly heap: number;
  /** Batches until the heap was full; null if it never was. */
  readonly fullAfter: number | null;
}

const rmsprop = { "learning-rate": 1e-4, rho: 0.9, epsilon: 1e-7, decay: 0.01 };

/** Full batches, smaller last batches, and batches with one sample more. */
function batchSizes(batch: number): number[] {
  const rests = [0.75, 0.5, 0.9].map((share) =>
    Math.max(2, Math.ceil(share * batch))
  );
  return rests.flatMap((rest) => [batch, batch, rest, batch + 1]);
}

self.onmessage = async ({ data }: MessageEvent<Trial>) => {
  const { side, width, batch, reserved } = data;
  await openBackend("wasm");
  const loaded = loadedKernels() as { functions: Record<string, unknown> };
  const idle = (name: string, run: unknown) =>
    /Scratch$|Bytes$/.test(name) ? run : () => {};
  loaded.functions = Object.fromEntries(
    Object.entries(loaded.functions).map(([name, run]) => [
      name,
      idle(name, run),
    ]),
  );
  const architecture = describeNetwork({
    ...STUDY_SIZES,
    genes: side * side,
    tissues: 11,
    width,
  });
  let done = 0;
  let full = false;
  try {
    if (reserved > 0) reserveMemory(reserved);
    const network = buildNetwork(architecture, initialWeights(architecture, 1));
    const optimizer = new Rmsprop(rmsprop, trainedVariables(network));
    for (const size of batchSizes(batch)) {
      const images = tf.ones([size, side, side, 1]) as tf.Tensor4D;
      await trainOnBatch(
        network,
        optimizer,
        images,
        new Int32Array(size),
        { dropout: 0.2, momentum: 0.99 },
        new RandomStream(done),
      );
      images.dispose();
      done++;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    full = true;
  }
  const outcome: Outcome = {
    heap: loadedKernels().memory.buffer.byteLength,
    fullAfter: full ? done : null,
  };
  self.postMessage(outcome);
};
