import type * as tf from "@tensorflow/tfjs-core";
import { hasKernel, runKernel } from "../run_kernel.ts";
import { assertRank, assertShape } from "../shape_checks.ts";
import { matMul } from "./mat_mul.ts";
import { rmspropStep } from "./rmsprop_step.ts";

/**
 * {@linkcode rmspropStep} by the gradient transposed(a) b, as a dense layer's
 * kernel has it. On wasm that gradient, which may be the largest tensor of
 * all, is never held whole; the values are those of the two steps apart.
 *
 * @param weights `[rows, columns]`, changed.
 * @param meanSquare of weights' shape, changed.
 * @param a `[inner, rows]`, what went into the layer.
 * @param b `[inner, columns]`, the gradient at what came out.
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
