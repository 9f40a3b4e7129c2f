/** Batch normalization in training mode: its statistics and its gradient. */

import * as tf from "@tensorflow/tfjs-core";
import { hasKernel, runKernel } from "../run_kernel.ts";
import { assertRank, assertShape, channelsOf } from "../shape_checks.ts";

/** Mean and population variance, `[channels]` each. */
export interface ChannelMoments {
  mean: tf.Tensor1D;
  variance: tf.Tensor1D;
}

/**
 * Mean and population variance (divisor n) of each channel over all other
 * axes. On wasm one pass with float64 sums of deviations from the channel's
 * first value; elsewhere two passes in float32.
 *
 * @param z `[batch, height, width, channels]` or `[batch, channels]`.
 * @returns both moments; the caller disposes of them.
 * @throws {RangeError} for another rank.
 * @throws {BackendFailure} after a device error.
 */
export function channelMoments(
  z: tf.Tensor4D | tf.Tensor2D,
): ChannelMoments {
  assertRank("compute the channel moments", "the input", z, [2, 4]);
  if (hasKernel("ChannelMoments")) {
    const [mean, variance] = runKernel<tf.Tensor1D[]>("ChannelMoments", {
      x: z,
    });
    return { mean, variance };
  }
  return tf.tidy(() => {
    const flat = tf.reshape(z, [-1, channelsOf(z)]);
    const mean = tf.mean(flat, 0) as tf.Tensor1D;
    const variance = tf.mean(tf.square(tf.sub(flat, mean)), 0) as tf.Tensor1D;
    return { mean, variance };
  }) as unknown as ChannelMoments;
}

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
 * @param dy gradient with respect to the output, of z's shape; dz may be written
 *   over it, as it is on wasm, so it must not share its values with another
 *   tensor, and must not be used or disposed of afterwards.
 * @param z `[batch, height, width, channels]` or `[batch, channels]`.
 * @param mean `[channels]`, as from channelMoments(z).
 * @param inverseSd `[channels]`, 1 / sqrt(variance + epsilon).
 * @param gamma `[channels]`.
 * @param beta `[channels]`.
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
    const inputs = { dy, x: z, mean, inverseSd, gamma, beta };
    const [dgamma, dbeta] = runKernel<tf.Tensor1D[]>(
      "BatchNormReluGradient",
      inputs,
    );
    return { dz: dy, dgamma, dbeta };
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
  dy.dispose();
  return gradients;
}
