/** Gradient of a bias. */

import * as tf from "@tensorflow/tfjs-core";
import { hasKernel, runKernel } from "../run_kernel.ts";
import { assertRank, channelsOf } from "../shape_checks.ts";

/**
 * Gradient with respect to a bias that is added to every pixel or row: the sum
 * of `dy` over all axes but the last.
 *
 * @param dy `[batch, height, width, channels]` or `[batch, channels]`.
 * @returns `[channels]`; the caller disposes of it. Summed in float64 on wasm.
 * @throws {RangeError} for another rank.
 * @throws {BackendFailure} after a device error.
 */
export function biasGradient(dy: tf.Tensor4D | tf.Tensor2D): tf.Tensor1D {
  assertRank("compute the bias gradient", "dy", dy, [2, 4]);
  if (hasKernel("ChannelSum")) return runKernel("ChannelSum", { x: dy });
  return tf.tidy(() => tf.sum(tf.reshape(dy, [-1, channelsOf(dy)]), 0));
}
