/** How much memory the network's passes take. */

import { type Architecture, countWeights } from "./architecture.ts";
import type { Layer } from "./layers/layer.ts";
import { sizeOf } from "./layers/weights.ts";
import { declaredWeights } from "./network.ts";

/**
 * Room for the gaps between tensors that come and go. In a replay of all
 * allocations (`bench/heap.ts`) with batches of many sizes, for networks of
 * side 24 to 230 and batches as large as fit, 1.06 was enough, and 1.05 for
 * all but side 48.
 */
export const ROOM_FOR_GAPS = 1.08;

const total = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0);

/** Bytes of each tensor of weights and moving statistics. */
export function weightBytes(architecture: Architecture): number[] {
  return declaredWeights(architecture).map(({ shape }) => 4 * sizeOf(shape));
}

/** Values of one sample in the largest tensor that a layer makes. */
function largestOf({ memory, outputShape }: Layer): number {
  return memory?.largest ?? sizeOf(outputShape);
}

/** Bytes of the largest tensor that one sample makes. */
export function largestActivationBytes({ layers }: Architecture): number {
  return 4 * Math.max(...layers.map(largestOf));
}

/**
 * The tensors that are in memory when a training batch needs most of it. On
 * wasm, for side 40 to 100, width 0.25 to 1 and batches of 8 to 32, their sum
 * was within 1 % of the most that was allocated at a time, and the heap up to a
 * fifth larger, as it grows in steps of that size.
 *
 * The gradient of a dense layer's kernel is not in it: RMSprop applies it
 * block by block.
 *
 * @returns Bytes: of weights and moving statistics, of RMSprop's mean squares,
 * of the images and dropout's masks, of what the forward pass keeps for the
 * backward pass, and of what that has made by then, less what it has freed.
 */
export function trainingBytes(architecture: Architecture, batch: number) {
  const { layers } = architecture;
  let kept = 0;
  let most = 0;
  layers.forEach(({ inputShape, outputShape, memory = {} }, index) => {
    const { readsInput = false, backward = sizeOf(outputShape) } = memory;
    // The images are counted among the inputs, and need no gradient.
    const input = index > 0 ? sizeOf(inputShape) : 0;
    const keeping = layers[index - 1]?.memory?.keepsOutput;
    const isInputKept = keeping === "always" ||
      keeping !== "never" && readsInput;
    kept += (memory.kept ?? 0) + (isInputKept ? input : 0);
    const recomputed = readsInput && !isInputKept ? input : 0;
    most = Math.max(most, kept + backward, kept + recomputed + input);
  });
  kept += sizeOf(layers[layers.length - 1].outputShape);
  const masks = layers.filter(({ drawMask }) => drawMask)
    .map(({ outputShape }) => sizeOf(outputShape));
  const sample = 4 * batch;
  return {
    weights: total(weightBytes(architecture)),
    meanSquares: 4 * countWeights(architecture),
    // A mask has a byte a value.
    inputs: sample * sizeOf(layers[0].inputShape) + batch * total(masks),
    activations: sample * kept,
    gradients: sample * (most - kept),
  };
}

/**
 * Bytes of heap to reserve for training on wasm: all tensors of the largest
 * batch, and some more for the gaps between them.
 */
export function trainingHeapBytes(
  architecture: Architecture,
  batch: number,
): number {
  const tensors = total(Object.values(trainingBytes(architecture, batch)));
  const scratch = Math.max(
    ...architecture.layers.map(({ memory }) =>
      memory?.scratchBytes?.(batch) ?? 0
    ),
  );
  return Math.ceil(ROOM_FOR_GAPS * (tensors + scratch));
}

/**
 * About the most that the explanation of one sample takes; a prediction takes
 * less. It is what the layers that give images keep, and at the last of them
 * three more tensors: the gradient before and after the ReLU, and where that
 * lets it through. Rows of values are small beside it.
 *
 * @returns Bytes; the weights are not among them.
 */
export function explanationBytes({ layers }: Architecture): number {
  const images = layers.filter(({ outputShape }) => outputShape.length === 3);
  const last = sizeOf(images[images.length - 1].outputShape);
  return 4 * (total(images.map(largestOf)) + 3 * last);
}
