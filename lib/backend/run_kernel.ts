/** Runs kernels of the active backend. */

import * as tf from "@tensorflow/tfjs-core";
import { assertBackendHealthy } from "./health.ts";

/** Whether the active backend has a kernel of this name. */
export function hasKernel(name: string): boolean {
  return tf.getKernel(name, tf.getBackend()) !== undefined;
}

/** Runs a kernel that returns several tensors; the caller disposes of them. */
export function runKernelForMany(
  name: string,
  inputs: tf.NamedTensorMap,
  attributes: tf.NamedAttrMap = {},
): tf.Tensor[] {
  assertBackendHealthy();
  return tf.engine().runKernel(name, inputs, attributes) as tf.Tensor[];
}

/** Runs a kernel that returns one tensor; the caller disposes of it. */
export function runKernel<T extends tf.Tensor>(
  name: string,
  inputs: tf.NamedTensorMap,
  attributes: tf.NamedAttrMap = {},
): T {
  assertBackendHealthy();
  return tf.engine().runKernel(name, inputs, attributes) as T;
}
