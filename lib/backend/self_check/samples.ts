/** Small calls of the kernels, on inputs that never change. */

import * as tf from "@tensorflow/tfjs-core";
import { RandomStream } from "../../random.ts";
import * as ops from "../ops.ts";

/** The results of the operations, by groups. */
export type Results = Record<string, tf.Tensor[]>;

/**
 * Computes what a training step and an explanation use. The sizes are such that
 * whole tiles and their ends are computed.
 *
 * @returns the results; the caller disposes of them.
 */
export function computeSamples(): Results {
  const z = tensor<tf.Tensor4D>(2, 9, 8, 20);
  const dy = tensor<tf.Tensor4D>(2, 9, 8, 20);
  const x = tensor<tf.Tensor4D>(2, 9, 8, 12);
  const gray = tensor<tf.Tensor4D>(2, 9, 8, 1);
  const filter = tensor<tf.Tensor4D>(3, 3, 12, 20);
  const first = tensor<tf.Tensor4D>(3, 3, 1, 20);
  const channels = tensor<tf.Tensor1D>(20);
  const a = tensor<tf.Tensor2D>(21, 19);
  const b = tensor<tf.Tensor2D>(19, 44);
  const { mean, variance } = ops.channelMoments(z);
  const copy = <T extends tf.Tensor>(values: T) => tf.add(values, 0) as T;
  // The gradients are written over what they are given.
  const normalized = ops.batchNormReluGradient(
    copy(dy),
    z,
    mean,
    variance,
    channels,
    mean,
  );
  const pooled = ops.maxPool2(z);
  const mask = ops.drawDropout(z.shape, 0.2, new RandomStream(1));
  return {
    winograd: [
      ops.convolve(x, filter, channels, true),
      ops.convolveInputGradient(dy, filter, x),
      ops.convolveFilterGradient(x, dy),
    ],
    convolution: [
      ops.convolve(gray, first, channels),
      ops.convolveInputGradient(dy, first),
      ops.convolveFilterGradient(gray, dy),
    ],
    matrix_product: [
      ops.matMul(a, b),
      ops.matMul(b, a, true, true),
    ],
    rmsprop: [...rmspropSteps(a, b)],
    eight_channels: eightChannels(),
    batch_norm: [
      mean,
      variance,
      normalized.dz,
      normalized.dgamma,
      normalized.dbeta,
      ops.biasGradient(dy),
    ],
    relu: [
      ops.scaleShiftRelu(z, channels, mean),
      ops.scaleShiftReluGradient(copy(dy), z, channels, mean),
    ],
    dropout: [ops.applyDropout(z, mask)],
    max_pool: [pooled, ops.maxPool2GradientOver(pooled, copy(z), pooled)],
  };
}

/** Kernels that have other code for 8 channels. */
function eightChannels(): tf.Tensor[] {
  const z = tensor<tf.Tensor4D>(2, 9, 9, 8);
  const { mean, variance } = ops.channelMoments(z);
  const dz = ops.scaleShiftReluGradient(z, z, mean, variance);
  const dy = tf.add(dz, 1) as tf.Tensor4D;
  return [
    ops.scaleShiftRelu(z, variance, mean),
    dz,
    ops.batchNormReluGradient(dy, z, mean, variance, mean, mean).dz,
  ];
}

function rmspropSteps(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor[] {
  const weights = tf.variable(tensor<tf.Tensor2D>(21, 44));
  const meanSquare = tf.variable(tf.onesLike(weights));
  ops.rmspropStep(weights, meanSquare, ops.matMul(a, b), 0.01, 0.9, 1e-7);
  ops.matMulRmspropStep(
    weights,
    meanSquare,
    tf.transpose(a),
    b,
    0.01,
    0.9,
    1e-7,
  );
  return [weights, meanSquare];
}

/** Fixed numbers in [-1, 1), other ones for each shape. */
function tensor<T extends tf.Tensor>(...shape: number[]): T {
  const size = shape.reduce((product, axis) => product * axis);
  let state = size;
  const values = Float32Array.from({ length: size }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
  return tf.tensor(values, shape) as T;
}
