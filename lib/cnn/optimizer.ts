/** RMSprop as the study used it. */

import * as tf from "@tensorflow/tfjs-core";
import { matMulRmspropStep, rmspropStep } from "../backend/ops.ts";
import type { CnnValues } from "./parameters.ts";

/** RMSprop's constants: flags of the cnn stage. */
export type RmspropSettings = Pick<
  CnnValues,
  "learning-rate" | "decay" | "rho" | "epsilon"
>;

/**
 * RMSprop with Keras's hyperbolic decay of the learning rate, which tfjs's
 * own optimizer lacks, and with epsilon outside the root:
 * `s = rho s + (1 - rho) g^2`, `w = w - rate g / (sqrt(s) + epsilon)`.
 */
export class Rmsprop {
  /** Updates so far; to be raised after a batch's last gradient. */
  updates = 0;
  readonly #meanSquares = new Map<number, tf.Variable>();

  /**
   * Makes the running means of all variables that will be changed: made during
   * a batch, they would lie between its tensors and split the wasm heap for
   * good.
   */
  constructor(
    readonly settings: RmspropSettings,
    variables: Iterable<tf.Variable>,
  ) {
    for (const { id, shape } of variables) {
      // tf.zeros would make the zeros in JavaScript first.
      const zeros = tf.fill(shape, 0);
      this.#meanSquares.set(id, tf.variable(zeros, false));
      zeros.dispose();
    }
  }

  /** The learning rate of an update, by default of the current one. */
  rate(update = this.updates): number {
    const { "learning-rate": first, decay } = this.settings;
    return first / (1 + decay * update);
  }

  /** Changes one variable by its gradient, which it frees. */
  apply(variable: tf.Variable, gradient: tf.Tensor): void {
    const { rho, epsilon } = this.settings;
    const meanSquare = this.meanSquareOf(variable);
    rmspropStep(variable, meanSquare, gradient, this.rate(), rho, epsilon);
    gradient.dispose();
  }

  /**
   * Changes a matrix by the gradient transposed(a) b; a and b stay the
   * caller's.
   */
  applyProduct(variable: tf.Variable, a: tf.Tensor2D, b: tf.Tensor2D): void {
    const { rho, epsilon } = this.settings;
    const meanSquare = this.meanSquareOf(variable);
    matMulRmspropStep(variable, meanSquare, a, b, this.rate(), rho, epsilon);
  }

  /** The running mean of a variable's squared gradients. */
  meanSquareOf(variable: tf.Variable): tf.Variable {
    return this.#meanSquares.get(variable.id)!;
  }

  /** Frees the running means of squares. */
  dispose(): void {
    for (const meanSquare of this.#meanSquares.values()) meanSquare.dispose();
  }
}
