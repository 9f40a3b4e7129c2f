/** One RMSprop step by a gradient that is a matrix product. */

import type * as tf from "@tensorflow/tfjs-core";
import { hasKernel, runKernel } from "../run_kernel.ts";
import { assertRank, assertShape } from "../shape_checks.ts";
import { matMul } from "./mat_mul.ts";
import { rmspropStep } from "./rmsprop_step.ts";

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
    }).dispose();
    return;
  }
  const gradient = matMul(a, b, true);
  rmspropStep(weights, meanSquare, gradient, learningRate, rho, epsilon);
  gradient.dispose();
}
