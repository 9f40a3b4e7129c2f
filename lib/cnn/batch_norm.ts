/** BatchNorm's small vectors: one value a channel, computed on the backend. */

import * as tf from "@tensorflow/tfjs-core";
import { BATCH_NORM_EPSILON } from "./architecture.ts";
import type { NormalizedLayer } from "./network.ts";

/**
 * `gamma * (z - mean) / sd + beta` written as `z * scale + shift`. A type and
 * not an interface: `tf.tidy` takes nothing else.
 */
export type ScaleAndShift = {
  /** `[C]` */
  readonly scale: tf.Tensor1D;
  /** `[C]` */
  readonly shift: tf.Tensor1D;
};

/** 1 / sqrt(variance + epsilon), `[C]`. */
export function inverseDeviation(variance: tf.Tensor1D): tf.Tensor1D {
  return tf.tidy(() => tf.rsqrt(tf.add(variance, BATCH_NORM_EPSILON)));
}

/**
 * BatchNorm with the given statistics as one multiplication and one addition.
 *
 * @param layer Gives gamma and beta.
 * @param mean `[C]`
 * @param inverseSd `[C]`
 */
export function scaleAndShift(
  layer: NormalizedLayer,
  mean: tf.Tensor1D,
  inverseSd: tf.Tensor1D,
): ScaleAndShift {
  return tf.tidy(() => {
    const scale = tf.mul(layer.gamma, inverseSd) as tf.Tensor1D;
    const shift = tf.sub(layer.beta, tf.mul(mean, scale)) as tf.Tensor1D;
    return { scale, shift };
  });
}

/**
 * BatchNorm in inference: with the layer's own stored statistics.
 *
 * @param layer Gives gamma, beta and the stored statistics.
 * @param startWeight What the moving statistics still hold of their starting
 * values (mean 0, variance 1), in [0, 1): `momentum ^ updates`. It is taken
 * out, as Adam does with its moments (Kingma and Ba 2015). 0 takes the
 * statistics as they are.
 */
export function inferenceScaleAndShift(
  layer: NormalizedLayer,
  startWeight = 0,
): ScaleAndShift {
  return tf.tidy(() => {
    const moved = 1 - startWeight;
    const mean = tf.div(layer.movingMean, moved) as tf.Tensor1D;
    // A channel that never varies would else fall below 0 by rounding.
    const variance = tf.relu(
      tf.div(tf.sub(layer.movingVariance, startWeight), moved),
    ) as tf.Tensor1D;
    return scaleAndShift(layer, mean, inverseDeviation(variance));
  });
}

/**
 * Moves the stored statistics towards a batch's, as Keras does:
 * `moving = momentum * moving + (1 - momentum) * batch`.
 */
export function updateMovingStatistics(
  layer: NormalizedLayer,
  mean: tf.Tensor1D,
  variance: tf.Tensor1D,
  momentum: number,
): void {
  const move = (moving: tf.Variable<tf.Rank.R1>, batch: tf.Tensor1D) => {
    const moved = tf.tidy(() =>
      tf.add(tf.mul(moving, momentum), tf.mul(batch, 1 - momentum))
    );
    moving.assign(moved as tf.Tensor1D);
    moved.dispose();
  };
  move(layer.movingMean, mean);
  move(layer.movingVariance, variance);
}
