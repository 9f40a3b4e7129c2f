/** One RMSprop step, by a gradient or by one that is a matrix product. */

import * as tf from "@tensorflow/tfjs-core";
import { hasKernel, runKernel } from "../run_kernel.ts";
import { assertRank, assertShape } from "../shape_checks.ts";
import { matMul } from "./mat_mul.ts";

/**
 * One step of RMSprop as in Keras, with epsilon outside the root:
 * m = rho m + (1 - rho) g^2, then w = w - learningRate g / (sqrt(m) + epsilon).
 *
 * On wasm both variables change in place, without a temporary tensor, so their
 * storage must be their own: a tensor that shares it (the tensor a variable was
 * made from, a clone, a reshape) would change with them.
 *
 * @param weights changed; any shape.
 * @param meanSquare the running mean of g^2, changed; of weights' shape, 0 at
 *   the start.
 * @param gradient of weights' shape; not changed, not disposed of.
 * @param learningRate step size, above 0.
 * @param rho decay of the running mean, in [0, 1); Keras's default is 0.9.
 * @param epsilon added to the root; Keras's default is 1e-7.
 * @throws {RangeError} when the shapes do not fit.
 * @throws {BackendFailure} after a device error.
 */
export function rmspropStep(
  weights: tf.Variable,
  meanSquare: tf.Variable,
  gradient: tf.Tensor,
  learningRate: number,
  rho: number,
  epsilon: number,
): void {
  const action = "take an RMSprop step";
  assertShape(action, "the mean square", meanSquare, weights.shape);
  assertShape(action, "the gradient", gradient, weights.shape);
  if (hasKernel("RmspropStep")) {
    runKernel("RmspropStep", { weights, meanSquare, gradient }, {
      learningRate,
      rho,
      epsilon,
    });
    return;
  }
  tf.tidy(() => {
    const square = tf.mul(tf.square(gradient), 1 - rho);
    const nextMeanSquare = tf.add(tf.mul(meanSquare, rho), square);
    const root = tf.add(tf.sqrt(nextMeanSquare), epsilon);
    const step = tf.mul(tf.div(gradient, root), learningRate);
    const nextWeights = tf.sub(weights, step);
    meanSquare.assign(nextMeanSquare);
    weights.assign(nextWeights);
  });
}

/**
 * {@linkcode rmspropStep} by the gradient transposed(a) b, which is that of a
 * dense layer's kernel. On wasm this gradient, which may be the largest tensor
 * of all, is never stored as a whole; the values equal those of the two
 * operations one after the other.
 *
 * @param weights `[rows, columns]`, changed.
 * @param meanSquare of weights' shape, changed.
 * @param a `[inner, rows]`, the layer's input.
 * @param b `[inner, columns]`, the gradient with respect to its output.
 * @param learningRate step size, above 0.
 * @param rho decay of the running mean, in [0, 1).
 * @param epsilon added to the root.
 * @throws {RangeError} when the shapes do not fit.
 * @throws {BackendFailure} after a device error.
 */
export function matMulRmspropStep(
  weights: tf.Variable,
  meanSquare: tf.Variable,
  a: tf.Tensor2D,
  b: tf.Tensor2D,
  learningRate: number,
  rho: number,
  epsilon: number,
): void {
  const action = "take an RMSprop step by a matrix product";
  assertRank(action, "the left factor", a, [2]);
  assertShape(action, "the right factor", b, [a.shape[0], weights.shape[1]!]);
  assertShape(action, "the weights", weights, [a.shape[1], b.shape[1]]);
  assertShape(action, "the mean square", meanSquare, weights.shape);
  if (hasKernel("MatMulRmspropStep")) {
    runKernel("MatMulRmspropStep", { weights, meanSquare, a, b }, {
      learningRate,
      rho,
      epsilon,
    });
    return;
  }
  const gradient = matMul(a, b, true);
  rmspropStep(weights, meanSquare, gradient, learningRate, rho, epsilon);
  gradient.dispose();
}
