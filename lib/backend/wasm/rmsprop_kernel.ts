import type * as tf from "@tensorflow/tfjs-core";
import { addressOf, assertFloat, type KernelCall } from "./heap.ts";
import type { WasmBackend } from "./heap.ts";
import { kernels } from "./kernel_module.ts";

/** Inputs of "RmspropStep"; the first two change in place. */
export interface RmspropInputs {
  weights: tf.TensorInfo;
  meanSquare: tf.TensorInfo;
  gradient: tf.TensorInfo;
}

/** One RMSprop step in place; gives an empty tensor, as a kernel must give one. */
export function rmspropStep(call: KernelCall<RmspropInputs>): tf.TensorInfo {
  const { inputs: { weights, meanSquare, gradient }, backend, attrs } = call;
  assertFloat("take an RMSprop step", weights, meanSquare, gradient);
  const rho = attrs.rho as number;
  const size = sizeOf(weights);
  kernels().rmspropStep(
    addressOf(backend, weights),
    addressOf(backend, meanSquare),
    addressOf(backend, gradient),
    size,
    attrs.learningRate as number,
    rho,
    1 - rho,
    attrs.epsilon as number,
  );
  forgetPackedCopies(backend, weights, size);
  return backend.makeOutput([0], "float32");
}

/**
 * tfjs's stock convolution and matrix product keep a packed copy of their
 * weights for as long as the tensor's number stands; taking the number away
 * and giving it back makes them pack the changed weights anew.
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
