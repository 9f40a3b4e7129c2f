/** RMSprop as the study used it. */

import * as tf from "@tensorflow/tfjs-core";
import { matMulRmspropStep, rmspropStep } from "../backend/ops.ts";
import type { Values } from "../cli/parameters.ts";
import type { cnnParameters } from "./parameters.ts";

/** RMSprop's constants: flags of the cnn stage. */
export type RmspropSettings = Pick<
  Values<typeof cnnParameters>,
  "learning-rate" | "decay" | "rho" | "epsilon"
>;

/**
 * RMSprop with Keras's hyperbolic decay of the learning rate, which tfjs's
 * own optimizer lacks, and with epsilon outside the root:
 * `s = rho s + (1 - rho) g^2`, `w = w - rate g / (sqrt(s) + epsilon)`.
 */
export class Rmsprop {
  /** Updates made so far. */
  updates = 0;
  readonly #meanSquares = new Map<number, tf.Variable>();

  /**
   * @param settings The constants.
   * @param variables Those whose running means are made now; any other's is
   * made at its first gradient. Made during a batch, it would lie between the
   * batch's tensors and split the wasm heap for good.
   */
  constructor(
    readonly settings: RmspropSettings,
    variables: Iterable<tf.Variable> = [],
  ) {
    for (const variable of variables) this.meanSquareOf(variable);
  }

  /** The learning rate of the current update. */
  get rate(): number {
    const { "learning-rate": first, decay } = this.settings;
    return first / (1 + decay * this.updates);
  }

  /** Changes one variable by its gradient, which stays the caller's. */
  apply(variable: tf.Variable, gradient: tf.Tensor): void {
    const { rho, epsilon } = this.settings;
    const meanSquare = this.meanSquareOf(variable);
    rmspropStep(variable, meanSquare, gradient, this.rate, rho, epsilon);
  }

  /**
   * Changes a matrix by the gradient transposed(a) b; a and b stay the
   * caller's.
   */
  applyProduct(variable: tf.Variable, a: tf.Tensor2D, b: tf.Tensor2D): void {
    const { rho, epsilon } = this.settings;
    const meanSquare = this.meanSquareOf(variable);
    matMulRmspropStep(variable, meanSquare, a, b, this.rate, rho, epsilon);
  }

  /** The running mean of a variable's squared gradients. */
  meanSquareOf(variable: tf.Variable): tf.Variable {
    let meanSquare = this.#meanSquares.get(variable.id);
    if (!meanSquare) {
      // tf.zeros would make the zeros in JavaScript first.
      const zeros = tf.fill(variable.shape, 0);
      meanSquare = tf.variable(zeros, false);
      zeros.dispose();
      this.#meanSquares.set(variable.id, meanSquare);
    }
    return meanSquare;
  }

  /** Call once after a batch's last gradient. */
  endUpdate(): void {
    this.updates++;
  }

  /** Frees the running means of squares. */
  dispose(): void {
    for (const meanSquare of this.#meanSquares.values()) meanSquare.dispose();
    this.#meanSquares.clear();
  }
}
