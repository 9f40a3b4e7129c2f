/** How many samples at a time the backend and its memory can take. */

import type { Backend } from "../backend/open.ts";
import { RunError } from "../run/errors.ts";
import {
  type Architecture,
  countWeights,
  describeNetwork,
  largestActivationBytes,
  largestKernelBytes,
} from "./architecture.ts";
import { weightShapes } from "./network.ts";

/** Memory that one batch's kept activations should stay below. */
const INFERENCE_BYTES = 256 * 2 ** 20;

/** tfjs's wasm heap never grows beyond 4 GiB less one page. */
const HEAP_BYTES = 2 ** 32 - 2 ** 16;

/**
 * Of the heap beside weights and mean squares, the share that a batch's
 * tensors may fill. The rest is for gaps between them, which are wide where
 * tensors of a quarter of a gigabyte come and go, for the kernels' scratch and
 * for the module's own 16 MiB. Replaying all allocations of two epochs for
 * networks of side 48 to 146, the heap was full at a share of 0.70 to 0.73; and
 * a batch of 64 that followed one of 48 at side 146 found no room at 0.60.
 *
 * It stands for all machines alike: if threads, which need scratch, cut the
 * batch, the result would depend on their number.
 */
const FILLED_SHARE = 0.5;

/** Widths to offer where a network does not fit. */
const WIDTHS = [2, 1, 0.5, 0.25, 0.1];

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
 *
 * @example
 * ```ts
 * import { describeNetwork } from "./architecture.ts";
 * import { trainingBytes } from "./batch_limits.ts";
 * const { weights } = trainingBytes(describeNetwork(21_111, 30, 1), 64);
 * console.assert(Math.round(weights / 1e6) === 681);
 * ```
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

function weightBytes(architecture: Architecture): number {
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
 * The largest training batch, up to the one wished for, whose tensors the
 * backend can hold: each of them, and on wasm all of them together.
 *
 * @param backend Gives the largest safe tensor.
 * @param architecture The network's sizes.
 * @param wished Samples in a batch as the user has it.
 * @returns The same for every number of threads.
 * @throws {RunError} If not even two samples, or a kernel, fit.
 *
 * @example
 * ```ts
 * import { describeNetwork } from "./architecture.ts";
 * import { trainingBatch } from "./batch_limits.ts";
 * const wasm = { name: "wasm", maxBufferBytes: 2 ** 31 } as const;
 * const study = describeNetwork(21_111, 30, 1);
 * console.assert(trainingBatch(wasm, study, 32) === 32);
 * console.assert(trainingBatch(wasm, study, 64) < 64);
 * ```
 */
export function trainingBatch(
  backend: Pick<Backend, "name" | "maxBufferBytes">,
  architecture: Architecture,
  wished: number,
): number {
  const fitting = fittingBatch(backend, architecture, wished);
  if (fitting >= 2) return fitting;
  throw new RunError(
    `Cannot train on ${backend.name}: ${sayExcess(backend, architecture)}`,
    sayRemedy(backend, architecture),
  );
}

/** As `trainingBatch`, or less than 2 where nothing fits. */
function fittingBatch(
  { name, maxBufferBytes }: Pick<Backend, "name" | "maxBufferBytes">,
  architecture: Architecture,
  wished: number,
): number {
  if (largestKernelBytes(architecture) > maxBufferBytes) return 0;
  let batch = Math.min(
    wished,
    Math.floor(maxBufferBytes / largestActivationBytes(architecture)),
  );
  if (name !== "wasm") return batch;
  while (batch >= 2 && heapNeeded(architecture, batch) > HEAP_BYTES) batch--;
  return batch;
}

/** Bytes of heap for training. */
function heapNeeded(architecture: Architecture, batch: number): number {
  // A last sample may join the batch before.
  const { weights, meanSquares, ...ofBatch } = trainingBytes(
    architecture,
    batch + 1,
  );
  return weights + meanSquares + total(Object.values(ofBatch)) / FILLED_SHARE;
}

/** What is too large, and how large it should be at most. */
function sayExcess(
  { name, maxBufferBytes }: Pick<Backend, "name" | "maxBufferBytes">,
  architecture: Architecture,
): string {
  const largest = Math.max(
    largestKernelBytes(architecture),
    2 * largestActivationBytes(architecture),
  );
  return largest > maxBufferBytes || name !== "wasm"
    ? `the network's largest tensor takes ${sayGiB(largest)} and should take ` +
      `at most ${sayGiB(maxBufferBytes)}`
    : "the network takes " +
      `${sayGiB(heapNeeded(architecture, 2))} with batches of two samples ` +
      `and should take at most ${sayGiB(HEAP_BYTES)}`;
}

/** The command with the largest width that fits with batches as usual. */
function sayRemedy(
  backend: Pick<Backend, "name" | "maxBufferBytes">,
  { genes, tissues, convolutions }: Architecture,
): string {
  const usual = 16;
  const width = WIDTHS.find((width) => {
    const narrower = describeNetwork(genes, tissues, width);
    return narrower.convolutions[0].filters < convolutions[0].filters &&
      fittingBatch(backend, narrower, usual) === usual;
  });
  return width === undefined
    ? "Give a matrix of fewer genes"
    : `deno task cnn --width ${width}, or deno task all --cnn.width ${width}` +
      (backend.name === "webgpu" ? ", or --backend wasm" : "");
}

function sayGiB(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(2)} GiB`;
}

/**
 * Samples at a time for predictions and explanations. It changes memory and
 * speed, never a result beyond rounding.
 *
 * @param backend Gives the largest safe tensor. Named, it is kept within its
 * heap, too.
 * @param architecture The network's sizes.
 */
export function inferenceBatch(
  backend: Pick<Backend, "maxBufferBytes"> & Partial<Pick<Backend, "name">>,
  architecture: Architecture,
): number {
  const keptBytes = 5 * architecture.convolutions.reduce(
    (sum, { side, filters }) => sum + side * side * filters,
    0,
  );
  const free = FILLED_SHARE * (HEAP_BYTES - weightBytes(architecture));
  return Math.max(
    1,
    Math.min(
      64,
      Math.floor(INFERENCE_BYTES / keptBytes),
      Math.floor(backend.maxBufferBytes / largestActivationBytes(architecture)),
      backend.name === "wasm"
        ? Math.floor(free / inferenceBytes(architecture))
        : Infinity,
    ),
  );
}
