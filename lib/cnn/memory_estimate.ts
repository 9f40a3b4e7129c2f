/** How much memory the network's passes take. */

import { filterGradientGroups } from "../backend/wasm/filter_gradient_kernel.ts";
import { type Architecture, countWeights } from "./architecture.ts";
import { weightShapes } from "./network.ts";

/**
 * Room for the gaps between tensors that come and go. With all allocations of
 * batches of many sizes in turn replayed, for networks of side 24 to 230 and
 * as large batches as fit, 1.06 was enough; and 1.05, but for side 48.
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
  /** What the forward pass keeps for the way back. */
  readonly activations: number;
  /** What the way back holds more than it has freed by then. */
  readonly gradients: number;
}

const total = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0);

/** Values of one sample that go into each convolution, out of it, and on. */
function blockSizes({ convolutions }: Architecture) {
  return convolutions.map(({ side, inChannels, filters, pooled }) => {
    const after = pooled ? Math.floor(side / 2) : side;
    return {
      input: side * side * inChannels,
      z: side * side * filters,
      output: after * after * filters,
      pooled,
    };
  });
}

/**
 * The tensors that stand in memory when a training batch needs most of it, as
 * `training_pass.ts` makes and frees them. On wasm, for side 40 to 100, width
 * 0.25 to 1 and batches of 8 to 32, their sum was within 1 % of the most that
 * was allocated at a time, and the heap up to a fifth larger, for it grows in
 * steps of that size.
 *
 * The hidden kernel's gradient is not in it: RMSprop applies it block by
 * block.
 *
 * @param architecture The network's sizes.
 * @param batch Samples in the batch.
 * @returns Bytes.
 */
export function trainingBytes(
  architecture: Architecture,
  batch: number,
): TrainingBytes {
  const { side, flattened, hiddenUnits, tissues } = architecture;
  const blocks = blockSizes(architecture);
  // Of convolution `index` and all before it: z and, behind a max pool, the
  // input.
  const keptUpTo = (index: number) =>
    total(
      blocks.slice(0, index + 1).map(({ input, z }, at) =>
        z + (at > 0 && blocks[at - 1].pooled ? input : 0)
      ),
    );
  // The last block before and after dropout; z of the hidden layer; what
  // comes out of it; the logits.
  const dense = 2 * flattened + 2 * hiddenUnits + tissues;
  const kept = keptUpTo(blocks.length - 1) + dense;
  const wayBack = [
    // The flattened values' gradient, beside all that was kept.
    kept + flattened,
    ...blocks.flatMap(({ input, z, output, pooled }, index) => [
      // The block's output and its gradient; z activated once more, which the
      // gradient is written over.
      keptUpTo(index) + (pooled ? 2 * output + z : output),
      // The gradient before BatchNorm, the input if it is made again, and the
      // input's gradient.
      keptUpTo(index) +
      (index === 0 ? 0 : blocks[index - 1].pooled ? input : 2 * input),
    ]),
  ];
  const sample = 4 * batch;
  return {
    weights: weightBytes(architecture),
    meanSquares: 4 * countWeights(architecture),
    inputs: sample * (side * side + flattened + hiddenUnits),
    activations: sample * kept,
    gradients: sample * (Math.max(...wayBack) - kept),
  };
}

/** All weights and moving statistics, in bytes. */
export function weightBytes(architecture: Architecture): number {
  return 4 * total(
    weightShapes(architecture).map(({ shape }) =>
      shape.reduce((product, axis) => product * axis, 1)
    ),
  );
}

/**
 * The tensors of one sample when its explanation needs most memory, as
 * `inference_pass.ts` makes and frees them. A prediction needs less.
 *
 * @param architecture The network's sizes.
 * @returns Bytes; the weights are not among them.
 */
export function inferenceBytes(architecture: Architecture): number {
  const { side, hiddenUnits, tissues } = architecture;
  const blocks = blockSizes(architecture);
  // What the blocks give, before and after the pool.
  const keptUpTo = (index: number) =>
    total(
      blocks.slice(0, index + 1).map(({ z, output, pooled }) =>
        pooled ? z + output : z
      ),
    );
  const wayBack = blocks.flatMap(({ input, z, output, pooled }, index) => [
    // The gradient behind the pool; the one before it is written over what
    // went in.
    keptUpTo(index) + (pooled ? output : z),
    // The gradients behind and before the convolution.
    keptUpTo(index - 1) + z + input,
  ]);
  return 4 * (side * side + Math.max(...wayBack) + hiddenUnits + 2 * tissues);
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
  // The parts of a filter's gradient matter where batches are in the thousands.
  const filters = architecture.convolutions.map(({ inChannels, filters }) =>
    4 * 9 * inChannels * filters
  );
  const parts = filterGradientGroups(batch) * Math.max(...filters);
  return Math.ceil(ROOM_FOR_GAPS * (tensors + parts));
}
