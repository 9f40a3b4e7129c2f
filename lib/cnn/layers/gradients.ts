/** Who takes the gradients of the weights as the backward pass makes them. */

import type * as tf from "@tensorflow/tfjs-core";

/**
 * Takes each gradient once. It may change that variable at once: nothing later
 * in the pass reads it.
 */
export interface GradientReceiver {
  /** Takes a gradient; it is freed as soon as the call returns. */
  apply(variable: tf.Variable, gradient: tf.Tensor): void;
  /**
   * Takes the gradient of a dense layer's kernel, which may be the largest of
   * all, as the two matrices it is the product of: transposed(a) b. They are
   * freed as soon as the call returns.
   */
  applyProduct(variable: tf.Variable, a: tf.Tensor2D, b: tf.Tensor2D): void;
}

/** Hands a gradient over and frees it. */
export function handOver(
  receiver: GradientReceiver,
  variable: tf.Variable,
  gradient: tf.Tensor,
): void {
  receiver.apply(variable, gradient);
  gradient.dispose();
}
