/** BatchNorm and ReLU, as they follow a convolution or a dense layer. */

import * as tf from "@tensorflow/tfjs-core";
import { type KerasLayer, kerasLayer } from "./keras_layers.ts";
import type { Variables } from "./layer.ts";
import {
  declare,
  glorotUniform,
  ones,
  type WeightDeclaration,
  zeros,
} from "./weights.ts";

/** The addend under the root, as in Keras. */
const EPSILON = 1e-3;

/** A variable of one value a channel. */
type Channels = tf.Variable<tf.Rank.R1>;

/** Statistics of a batch, `[C]` each, and the variables that follow them. */
export interface BatchStatistics {
  readonly mean: tf.Tensor1D;
  /** Population variance. */
  readonly variance: tf.Tensor1D;
  readonly movingMean: Channels;
  readonly movingVariance: Channels;
}

/** The weights of a kernel and of the BatchNorm behind it, in Keras's order. */
export function normalizedWeights(
  layer: string,
  kernelShape: readonly number[],
): WeightDeclaration[] {
  const channels = kernelShape.slice(-1);
  const norm = `${layer}_norm`;
  return [
    declare(`${layer}/kernel`, kernelShape, glorotUniform),
    declare(`${norm}/gamma`, channels, ones),
    declare(`${norm}/beta`, channels, zeros),
    declare(`${norm}/moving_mean`, channels, zeros, false),
    declare(`${norm}/moving_variance`, channels, ones, false),
  ];
}

/** The variables behind the kernel by name. */
export function nameVariables(variables: Variables) {
  const [gamma, beta, movingMean, movingVariance] = variables as Channels[];
  return { gamma, beta, movingMean, movingVariance };
}

/** 1 / sqrt(variance + epsilon), `[C]`. */
export function inverseDeviation(variance: tf.Tensor1D): tf.Tensor1D {
  return tf.tidy(() => tf.rsqrt(tf.add(variance, EPSILON)));
}

/**
 * BatchNorm with the given statistics, `gamma * (z - mean) / sd + beta`, as
 * `z * scale + shift`, `[C]` each.
 */
export function scaleAndShift(
  { gamma, beta }: { gamma: Channels; beta: Channels },
  mean: tf.Tensor1D,
  inverseSd: tf.Tensor1D,
) {
  return tf.tidy(() => {
    const scale = tf.mul(gamma, inverseSd) as tf.Tensor1D;
    const shift = tf.sub(beta, tf.mul(mean, scale)) as tf.Tensor1D;
    return { scale, shift };
  });
}

/**
 * BatchNorm in inference: with the stored statistics.
 *
 * @param startWeight What the moving statistics still hold of their starting
 * values (mean 0, variance 1), in [0, 1): `momentum ^ updates`. It is taken
 * out, as Adam does with its moments (Kingma and Ba 2015). 0 takes the
 * statistics as they are.
 */
export function inferenceScaleAndShift(
  variables: Variables,
  startWeight: number,
) {
  const { movingMean, movingVariance, ...weights } = nameVariables(variables);
  return tf.tidy(() => {
    const moved = 1 - startWeight;
    const mean = tf.div(movingMean, moved) as tf.Tensor1D;
    // A channel that never varies would else fall below 0 by rounding.
    const variance = tf.relu(
      tf.div(tf.sub(movingVariance, startWeight), moved),
    ) as tf.Tensor1D;
    return scaleAndShift(weights, mean, inverseDeviation(variance));
  });
}

/**
 * Moves the stored statistics towards a batch's, as Keras does:
 * `moving = momentum * moving + (1 - momentum) * batch`.
 */
export function updateMovingStatistics(
  { mean, variance, movingMean, movingVariance }: BatchStatistics,
  momentum: number,
): void {
  const move = (moving: Channels, batch: tf.Tensor1D) => {
    const moved = tf.tidy(() =>
      tf.add(tf.mul(moving, momentum), tf.mul(batch, 1 - momentum))
    );
    moving.assign(moved as tf.Tensor1D);
    moved.dispose();
  };
  move(movingMean, mean);
  move(movingVariance, variance);
}

/** BatchNorm and ReLU behind a layer, as Keras knows them. */
export function kerasBatchNormRelu(
  layer: string,
  momentum: number,
): KerasLayer[] {
  return [
    kerasLayer("BatchNormalization", `${layer}_norm`, {
      axis: -1,
      momentum,
      epsilon: EPSILON,
      center: true,
      scale: true,
    }),
    kerasLayer("Activation", `${layer}_relu`, { activation: "relu" }),
  ];
}
