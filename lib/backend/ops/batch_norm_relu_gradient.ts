/** Gradient of batch normalization and ReLU. */

import * as tf from "@tensorflow/tfjs-core";
import { hasKernel, runKernelForMany } from "../run_kernel.ts";
import { assertRank, assertShape, channelsOf } from "../shape_checks.ts";

/** The gradients of {@linkcode batchNormReluGradient}. */
export interface BatchNormReluGradient<T extends tf.Tensor> {
  /** Gradient with respect to z, of its shape. */
  dz: T;
  /** `[channels]`. */
  dgamma: tf.Tensor1D;
  /** `[channels]`. */
  dbeta: tf.Tensor1D;
}

/**
 * Gradient of relu(gamma * (z - mean) * inverseSd + beta) in training mode,
 * where mean and inverseSd are the batch's own statistics and so depend on z.
 * With h = (z - mean) * inverseSd, g = dy where the output is above 0 and 0
 * elsewhere, and n values per channel: dbeta = sum g, dgamma = sum g h,
 * dz = gamma inverseSd (g - dbeta/n - h dgamma/n) (Ioffe and Szegedy 2015).
 * The output counts as above 0 where z * scale + shift > 0 in float32 with
 * scale = gamma * inverseSd and shift = beta - mean * scale.
 *
 * @param dy gradient with respect to the output, of z's shape.
 * @param z `[batch, height, width, channels]` or `[batch, channels]`.
 * @param mean `[channels]`, as from channelMoments(z).
 * @param inverseSd `[channels]`, 1 / sqrt(variance + epsilon).
 * @param gamma `[channels]`.
 * @param beta `[channels]`.
 * @param over whether dz may be written over dy, as it is on wasm; dy must then
 *   not be used or disposed of afterwards, and must not share its values with
 *   another tensor. False by default.
 * @returns the three gradients; the caller disposes of them.
 * @throws {RangeError} when the shapes do not fit.
 * @throws {BackendFailure} after a device error.
 */
export function batchNormReluGradient<T extends tf.Tensor4D | tf.Tensor2D>(
  dy: T,
  z: T,
  mean: tf.Tensor1D,
  inverseSd: tf.Tensor1D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  over = false,
): BatchNormReluGradient<T> {
  const action = "compute the gradient of batch normalization and ReLU";
  const channels = channelsOf(z);
  assertRank(action, "the input", z, [2, 4]);
  assertShape(action, "dy", dy, z.shape);
  assertShape(action, "the mean", mean, [channels]);
  assertShape(action, "the inverse sd", inverseSd, [channels]);
  assertShape(action, "gamma", gamma, [channels]);
  assertShape(action, "beta", beta, [channels]);
  if (hasKernel("BatchNormReluGradient")) {
    const [dz, dgamma, dbeta] = runKernelForMany("BatchNormReluGradient", {
      dy,
      x: z,
      mean,
      inverseSd,
      gamma,
      beta,
    }, { over });
    if (over) dz.dispose();
    return {
      dz: over ? dy : dz as T,
      dgamma: dgamma as tf.Tensor1D,
      dbeta: dbeta as tf.Tensor1D,
    };
  }
  const gradients = tf.tidy(() => {
    const flat = [-1, channels];
    const count = z.size / channels;
    const scale = tf.mul(gamma, inverseSd);
    const shift = tf.sub(beta, tf.mul(mean, scale));
    const open = tf.step(tf.add(tf.mul(z, scale), shift));
    const g = tf.mul(dy, open);
    const h = tf.mul(tf.sub(z, mean), inverseSd);
    const dbeta = tf.sum(tf.reshape(g, flat), 0) as tf.Tensor1D;
    const dgamma = tf.sum(tf.reshape(tf.mul(g, h), flat), 0) as tf.Tensor1D;
    const centered = tf.sub(
      tf.sub(g, tf.div(dbeta, count)),
      tf.mul(h, tf.div(dgamma, count)),
    );
    return { dz: tf.mul(scale, centered) as T, dgamma, dbeta };
  }) as unknown as BatchNormReluGradient<T>;
  if (over) dy.dispose();
  return gradients;
}
