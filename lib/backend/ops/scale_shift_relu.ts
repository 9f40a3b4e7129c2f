/** Batch normalization in inference mode and ReLU, and their gradient. */

import * as tf from "@tensorflow/tfjs-core";
import { hasKernel, runKernel } from "../run_kernel.ts";
import { assertRank, assertShape, channelsOf } from "../shape_checks.ts";

/**
 * max(0, z * scale + shift), channel by channel: batch normalization and ReLU
 * in one pass, with scale = gamma / sqrt(variance + epsilon) and
 * shift = beta - mean * scale.
 *
 * @param z `[batch, height, width, channels]` or `[batch, channels]`.
 * @param scale `[channels]`.
 * @param shift `[channels]`.
 * @returns a tensor of z's shape; the caller disposes of it.
 * @throws {RangeError} when the shapes do not fit.
 * @throws {BackendFailure} after a device error.
 */
export function scaleShiftRelu<T extends tf.Tensor4D | tf.Tensor2D>(
  z: T,
  scale: tf.Tensor1D,
  shift: tf.Tensor1D,
): T {
  const action = "scale, shift and rectify";
  assertRank(action, "the input", z, [2, 4]);
  assertShape(action, "the scale", scale, [channelsOf(z)]);
  assertShape(action, "the shift", shift, [channelsOf(z)]);
  if (hasKernel("ScaleShiftRelu")) {
    return runKernel<T>("ScaleShiftRelu", { x: z, scale, shift });
  }
  return tf.tidy(() => tf.relu(tf.add(tf.mul(z, scale), shift)) as T);
}

/**
 * Gradient of {@linkcode scaleShiftRelu} with respect to z, where scale and
 * shift are constants (inference mode): dz = dy * scale where
 * z * scale + shift > 0, else 0.
 *
 * @param dy gradient with respect to the output, of z's shape.
 * @param z `[batch, height, width, channels]` or `[batch, channels]`.
 * @param scale `[channels]`.
 * @param shift `[channels]`.
 * @returns dz, of z's shape; the caller disposes of it.
 * @throws {RangeError} when the shapes do not fit.
 * @throws {BackendFailure} after a device error.
 */
export function scaleShiftReluGradient<T extends tf.Tensor4D | tf.Tensor2D>(
  dy: T,
  z: T,
  scale: tf.Tensor1D,
  shift: tf.Tensor1D,
): T {
  const action = "compute the gradient of scale, shift and rectify";
  assertRank(action, "the input", z, [2, 4]);
  assertShape(action, "dy", dy, z.shape);
  assertShape(action, "the scale", scale, [channelsOf(z)]);
  assertShape(action, "the shift", shift, [channelsOf(z)]);
  if (hasKernel("ScaleShiftReluGradient")) {
    return runKernel<T>("ScaleShiftReluGradient", { dy, x: z, scale, shift });
  }
  return tf.tidy(() => {
    const open = tf.step(tf.add(tf.mul(z, scale), shift));
    return tf.mul(tf.mul(dy, scale), open) as T;
  });
}
