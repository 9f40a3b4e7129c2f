/** How much memory the network's passes take. */

import { type Architecture, countWeights } from "./architecture.ts";
import { sizeOf } from "./layers/weights.ts";
import { declaredWeights } from "./network.ts";

/**
 * Room for the gaps between tensors that come and go. In a replay of all
 * allocations (`bench/heap.ts`) with batches of many sizes, for networks of
 * side 24 to 230 and batches as large as fit, 1.06 was enough, and 1.05 for
 * all but side 48.
 */
export const ROOM_FOR_GAPS = 1.08;

/** What a batch of training holds at the moment at which it holds most. */
export interface TrainingBytes {
  /** All weights and BatchNorm's moving statistics. */
  readonly weights: number;
  /** RMSprop's mean square of each weight. */
  readonly meanSquares: number;
  /** The batch's images and dropout's masks. */
  readonly inputs: number;
  /** What the forward pass keeps for the backward pass. */
  readonly activations: number;
  /** What the backward pass has made by then, less what it has freed. */
  readonly gradients: number;
}

const total = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0);

/**
 * The tensors that are in memory when a training batch needs most of it. On
 * wasm, for side 40 to 100, width 0.25 to 1 and batches of 8 to 32, their sum
 * was within 1 % of the most that was allocated at a time, and the heap up to a
 * fifth larger, as it grows in steps of that size.
 *
 * The gradient of a dense layer's kernel is not in it: RMSprop applies it
 * block by block.
 *
 * @param architecture The network's sizes.
 * @param batch Samples in the batch.
 * @returns Bytes.
 */
export function trainingBytes(
  architecture: Architecture,
  batch: number,
): TrainingBytes {
  const { layers } = architecture;
  let kept = 0;
  let most = 0;
  layers.forEach(({ inputShape, memory }, index) => {
    // The images are counted among the inputs, and need no gradient.
    const input = index > 0 ? sizeOf(inputShape) : 0;
    const keeping = layers[index - 1]?.memory.keepsOutput;
    const isInputKept = keeping === "always" ||
      keeping !== "never" && memory.readsInput;
    kept += (memory.kept ?? 0) + (isInputKept ? input : 0);
    const recomputed = memory.readsInput && !isInputKept ? input : 0;
    most = Math.max(most, kept + memory.backward, kept + recomputed + input);
  });
  kept += sizeOf(layers[layers.length - 1].outputShape);
  const masks = total(layers.map(({ memory }) => memory.mask ?? 0));
  const sample = 4 * batch;
  return {
    weights: weightBytes(architecture),
    meanSquares: 4 * countWeights(architecture),
    inputs: sample * (sizeOf(layers[0].inputShape) + masks),
    activations: sample * kept,
    gradients: sample * (most - kept),
  };
}

/** All weights and moving statistics, in bytes. */
export function weightBytes(architecture: Architecture): number {
  return 4 * total(
    declaredWeights(architecture).map(({ shape }) => sizeOf(shape)),
  );
}

/** Bytes of the largest tensor of weights. */
export function largestWeightBytes(architecture: Architecture): number {
  return 4 * Math.max(
    ...declaredWeights(architecture).map(({ shape }) => sizeOf(shape)),
  );
}

/** Bytes of the largest tensor that one sample makes. */
export function largestActivationBytes({ layers }: Architecture): number {
  return 4 * Math.max(...layers.map(({ memory }) => memory.largest));
}

/**
 * The tensors of one sample when its explanation needs most memory. A
 * prediction needs less.
 *
 * @param architecture The network's sizes.
 * @returns Bytes; the weights are not among them.
 */
export function inferenceBytes(
  { layers, side, tissues }: Architecture,
): number {
  let kept = 0;
  let most = 0;
  for (const { memory: { inference } } of layers) {
    most = Math.max(most, kept + (inference?.backward ?? 0));
    kept += inference?.kept ?? 0;
  }
  return 4 * (side * side + most + 2 * tissues);
}

/**
 * How much heap to reserve for training on wasm: all tensors of a batch, and
 * some more for the gaps between them.
 *
 * @param architecture The network's sizes.
 * @param batch Samples in the largest batch.
 * @returns Bytes.
 */
export function trainingHeapBytes(
  architecture: Architecture,
  batch: number,
): number {
  const tensors = total(Object.values(trainingBytes(architecture, batch)));
  const scratch = Math.max(
    ...architecture.layers.map(({ memory }) =>
      memory.scratchBytes?.(batch) ?? 0
    ),
  );
  return Math.ceil(ROOM_FOR_GAPS * (tensors + scratch));
}
