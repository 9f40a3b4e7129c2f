/** Runs kernels of the active backend. */

import * as tf from "@tensorflow/tfjs-core";
import { assertBackendHealthy } from "./health.ts";

/** Whether the active backend has a kernel of this name. */
export function hasKernel(name: string): boolean {
  return tf.getKernel(name, tf.getBackend()) !== undefined;
}

/** Runs a kernel; the caller disposes of the tensors that it returns. */
export function runKernel<Result extends tf.Tensor | tf.Tensor[]>(
  name: string,
  inputs: tf.NamedTensorMap,
  attributes: tf.NamedAttrMap = {},
): Result {
  assertBackendHealthy();
  return tf.engine().runKernel(name, inputs, attributes) as Result;
}
