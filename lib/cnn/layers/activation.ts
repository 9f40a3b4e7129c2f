/** What one layer hands to the next, freed as soon as no layer reads it. */

import * as tf from "@tensorflow/tfjs-core";

/**
 * The same values as a second tensor, which is to be disposed of, too. On wasm
 * `tf.clone` would copy them.
 */
export function share<T extends tf.Tensor>(tensor: T): T {
  return tf.reshape(tensor, tensor.shape) as T;
}

/**
 * A tensor with its number of readers: the next layer in the forward pass, and
 * each layer that calls `keep`. The last one to call `release` frees it.
 */
export class Activation {
  #tensor: tf.Tensor | undefined;
  #readers = 1;
  #rectified: boolean;
  readonly #recompute: (() => tf.Tensor) | undefined;

  /**
   * @param tensor The activation's from now on.
   * @param options `recompute` makes the values from what the layer keeps in
   * any case; with it they are not kept for the backward pass. `rectified` says
   * that they came out of a ReLU whose gradient is left to the first caller of
   * `takeRelu`.
   */
  constructor(
    tensor: tf.Tensor,
    { recompute, rectified = false }: {
      readonly recompute?: () => tf.Tensor;
      readonly rectified?: boolean;
    } = {},
  ) {
    this.#tensor = tensor;
    this.#recompute = recompute;
    this.#rectified = rectified;
  }

  /** `[B, ...]`; not to be disposed of. */
  get tensor(): tf.Tensor {
    if (this.#tensor === undefined) {
      if (!this.#recompute) {
        throw new RangeError("Cannot read an activation that was freed");
      }
      this.#tensor = this.#recompute();
      this.#readers = 1;
    }
    return this.#tensor;
  }

  /** Says that it will be read, and then released, for a gradient, too. */
  keep(): void {
    if (!this.#recompute) this.#readers++;
  }

  /** To be called once by each reader. */
  release(): void {
    if (--this.#readers === 0) this.dispose();
  }

  /**
   * The values, if the gradient with respect to them must still go back
   * through the ReLU that they came out of. The caller has to multiply it by 1
   * where they are above 0 and by 0 elsewhere.
   */
  takeRelu(): tf.Tensor | undefined {
    if (!this.#rectified) return undefined;
    this.#rectified = false;
    return this.tensor;
  }

  /** Frees it, however many readers are left. */
  dispose(): void {
    this.#tensor?.dispose();
    this.#tensor = undefined;
  }
}
