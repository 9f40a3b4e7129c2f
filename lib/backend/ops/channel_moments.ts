/** Mean and variance of each channel. */

import * as tf from "@tensorflow/tfjs-core";
import { hasKernel, runKernelForMany } from "../run_kernel.ts";
import { assertRank, channelsOf } from "../shape_checks.ts";

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
    const [mean, variance] = runKernelForMany("ChannelMoments", { x: z });
    return { mean: mean as tf.Tensor1D, variance: variance as tf.Tensor1D };
  }
  return tf.tidy(() => {
    const flat = tf.reshape(z, [-1, channelsOf(z)]);
    const mean = tf.mean(flat, 0) as tf.Tensor1D;
    const variance = tf.mean(tf.square(tf.sub(flat, mean)), 0) as tf.Tensor1D;
    return { mean, variance };
  }) as unknown as ChannelMoments;
}
