/** The wasm kernels of an RMSprop step. */

import type * as tf from "@tensorflow/tfjs-core";
import { addressOf, assertFloat, type KernelCall } from "./heap.ts";
import type { WasmBackend } from "./heap.ts";
import { MAT_MUL_SCRATCH } from "./mat_mul_kernel.ts";
import { parallelFor, rangesOf } from "./parallel_for.ts";

/** Inputs of "RmspropStep"; the first two change in place. */
export interface RmspropInputs {
  weights: tf.TensorInfo;
  meanSquare: tf.TensorInfo;
  gradient: tf.TensorInfo;
}

/** One RMSprop step in place; returns an empty tensor, as kernels must. */
export function rmspropStep(call: KernelCall<RmspropInputs>): tf.TensorInfo {
  const { inputs: { weights, meanSquare, gradient }, backend, attrs } = call;
  assertFloat("take an RMSprop step", weights, meanSquare, gradient);
  const size = sizeOf(weights);
  const data = [weights, meanSquare, gradient].map((each) =>
    addressOf(backend, each)
  );
  const settings = settingsOf(attrs);
  const chunks = rangesOf(size, 1).map(({ first, count }) => [
    ...data.map((address) => address + first * 4),
    count,
    ...settings,
  ]);
  parallelFor(backend, "rmspropStep", chunks);
  forgetPackedCopies(backend, weights, size);
  return backend.makeOutput([0], "float32");
}

/** Inputs of "MatMulRmspropStep"; the first two change in place. */
export interface MatMulRmspropInputs {
  weights: tf.TensorInfo;
  meanSquare: tf.TensorInfo;
  a: tf.TensorInfo;
  b: tf.TensorInfo;
}

/** One RMSprop step by the gradient transposed(a) b, block by block. */
export function matMulRmspropStep(
  call: KernelCall<MatMulRmspropInputs>,
): tf.TensorInfo {
  const { inputs: { weights, meanSquare, a, b }, backend, attrs } = call;
  assertFloat("take an RMSprop step", weights, meanSquare, a, b);
  const [inner, rows] = a.shape;
  const columns = b.shape[1];
  const [left, right] = [addressOf(backend, a), addressOf(backend, b)];
  const updated = [weights, meanSquare].map((each) => addressOf(backend, each));
  const ranges = rangesOf(rows, columns, 4);
  const chunks = ranges.map(({ first, count }) => [
    ...[left + first * 4, rows, right],
    ...updated.map((address) => address + first * columns * 4),
    ...[count, inner, columns, ...settingsOf(attrs)],
  ]);
  const scratch = MAT_MUL_SCRATCH + ranges[0].count * columns;
  parallelFor(backend, "matMulRmsprop", chunks, scratch * 4);
  forgetPackedCopies(backend, weights, sizeOf(weights));
  return backend.makeOutput([0], "float32");
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
function forgetPackedCopies(
  backend: WasmBackend,
  tensor: tf.TensorInfo,
  size: number,
): void {
  const { id, memoryOffset } = backend.dataIdMap.get(tensor.dataId);
  backend.wasm.tfjs.disposeData(id);
  backend.wasm.tfjs.registerTensor(id, size, memoryOffset);
}

function sizeOf(tensor: tf.TensorInfo): number {
  return tensor.shape.reduce((product, axis) => product * axis, 1);
}
