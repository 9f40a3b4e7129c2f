/** The wasm kernels of an RMSprop step. */

import * as tf from "@tensorflow/tfjs-core";
import {
  addressOf,
  assertFloat,
  type KernelCall,
  wasmBackend,
} from "./heap.ts";
import { kernels } from "./kernel_module.ts";
import { parallelFor, rangesOf } from "./parallel_for.ts";

/** Values of a gradient in one chunk, 128 KiB: they stay in a level-2 cache. */
const GRADIENT_CHUNK = 2 ** 15;

/** One RMSprop step of the weights and the mean square, in place. */
export function rmspropStep(
  { inputs: { weights, meanSquare, gradient }, attrs }: KernelCall<
    "weights" | "meanSquare" | "gradient"
  >,
): tf.TensorInfo[] {
  assertFloat("take an RMSprop step", weights, meanSquare, gradient);
  const starts = [weights, meanSquare, gradient].map(addressOf);
  const ranges = rangesOf(tf.util.sizeFromShape(weights.shape), 1);
  const chunks = ranges.map(({ first, count }) => [
    ...starts.map((start) => start + first * 4),
    ...[count, ...settingsOf(attrs)],
  ]);
  parallelFor("rmspropStep", chunks);
  forgetPackedCopies(weights);
  return [];
}

/** The same by the gradient transposed(a) b, block by block. */
export function matMulRmspropStep(
  { inputs: { weights, meanSquare, a, b }, attrs }: KernelCall<
    "weights" | "meanSquare" | "a" | "b"
  >,
): tf.TensorInfo[] {
  assertFloat("take an RMSprop step", weights, meanSquare, a, b);
  const [inner, rows] = a.shape;
  const columns = b.shape[1];
  const [left, right] = [a, b].map(addressOf);
  const updated = [weights, meanSquare].map(addressOf);
  const ranges = rangesOf(rows, columns, 4, GRADIENT_CHUNK);
  const chunks = ranges.map(({ first, count }) => [
    ...[left + first * 4, rows, right],
    ...updated.map((start) => start + first * columns * 4),
    ...[count, inner, columns, ...settingsOf(attrs)],
  ]);
  const scratch = kernels().matMulScratch() + ranges[0].count * columns * 4;
  parallelFor("matMulRmsprop", chunks, scratch);
  forgetPackedCopies(weights);
  return [];
}

/** Rate, rho, 1 - rho and epsilon. */
function settingsOf(attrs: tf.NamedAttrMap): number[] {
  const rho = attrs.rho as number;
  return [attrs.learningRate as number, rho, 1 - rho, attrs.epsilon as number];
}

/**
 * tfjs's own convolution and matrix product keep a packed copy of their weights
 * as long as the tensor's number is registered; registering it again makes them
 * pack the changed weights.
 */
function forgetPackedCopies({ dataId, shape }: tf.TensorInfo): void {
  const { dataIdMap, wasm } = wasmBackend();
  const { id, memoryOffset } = dataIdMap.get(dataId);
  wasm.tfjs.disposeData(id);
  const size = tf.util.sizeFromShape(shape);
  wasm.tfjs.registerTensor(id, size, memoryOffset);
}
