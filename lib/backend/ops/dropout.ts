/** Dropout: a random mask, and the product with it. */

import * as tf from "@tensorflow/tfjs-core";
import type { RandomStream } from "../../random.ts";
import { hasKernel, runKernel } from "../run_kernel.ts";
import { assertShape } from "../shape_checks.ts";

/** Which values are kept. */
export class DropoutMask {
  /**
   * @param tensor of the values' shape, owned by the mask: on wasm a byte a
   *   value, elsewhere the factors.
   * @param kept the factor of values that are kept, 1 / (1 - rate).
   */
  constructor(readonly tensor: tf.Tensor, readonly kept: number) {}

  /** Frees it. */
  dispose(): void {
    this.tensor.dispose();
  }
}

/**
 * Draws which values are dropped, each with the probability `rate`.
 *
 * A byte decides on a value, so that one draw of 32 bits does for four: below
 * the whole part of 256 `rate` the value is dropped, above it is kept. A byte
 * equal to it leaves that to another draw, and so the rate is exact. The draws
 * are the same on every backend.
 *
 * @param shape of the values.
 * @param rate in [0, 1).
 * @param stream drawn from.
 * @returns the mask; the caller disposes of it.
 * @throws {BackendFailure} after a device error.
 */
export function drawDropout(
  shape: readonly number[],
  rate: number,
  stream: RandomStream,
): DropoutMask {
  const kept = 1 / (1 - rate);
  const undecided = Math.floor(256 * rate);
  // `bits` is even over the signed 32-bit numbers.
  const limit = (256 * rate - undecided) * 2 ** 32 - 2 ** 31;
  if (hasKernel("DrawDropout")) {
    const state = stream.state();
    const attributes = { shape: [...shape], undecided, limit, state };
    const tensor = runKernel<tf.Tensor>(
      "DrawDropout",
      {},
      attributes as unknown as tf.NamedAttrMap,
    );
    stream.continueFrom(state);
    return new DropoutMask(tensor, kept);
  }
  const size = tf.util.sizeFromShape([...shape]);
  const words = new Int32Array(Math.ceil(size / 4));
  for (let i = 0; i < words.length; i++) words[i] = stream.bits();
  const bytes = new Uint8Array(words.buffer, 0, size);
  // A call for each value would take a hundred times longer.
  const factorOf = new Float32Array(256).fill(kept).fill(0, 0, undecided);
  const factors = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    const byte = bytes[i];
    factors[i] = byte !== undecided
      ? factorOf[byte]
      : stream.bits() < limit
      ? 0
      : kept;
  }
  return new DropoutMask(tf.tensor(factors, [...shape]), kept);
}

/**
 * Multiplies the values that a mask keeps by its factor, the others by 0.
 *
 * @param x float32, of the mask's shape.
 * @returns of x's shape; the caller disposes of it.
 * @throws {RangeError} when the shapes differ.
 * @throws {BackendFailure} after a device error.
 */
export function applyDropout(
  x: tf.Tensor,
  { tensor: mask, kept }: DropoutMask,
): tf.Tensor {
  assertShape("apply dropout", "the input", x, mask.shape);
  return hasKernel("ApplyDropout")
    ? runKernel("ApplyDropout", { x, mask }, { kept })
    : tf.mul(x, mask);
}

/**
 * {@linkcode applyDropout} to a tensor that is not needed any more: on wasm
 * the result is written over it.
 *
 * @param x as above; must not share its values with another tensor, and must
 *   not be used or disposed of afterwards.
 * @returns of x's shape; the caller disposes of it.
 * @throws {RangeError} when the shapes differ.
 * @throws {BackendFailure} after a device error.
 */
export function applyDropoutOver(
  x: tf.Tensor,
  mask: DropoutMask,
): tf.Tensor {
  assertShape("apply dropout", "the input", x, mask.tensor.shape);
  if (hasKernel("ApplyDropoutOver")) {
    const { tensor, kept } = mask;
    runKernel("ApplyDropoutOver", { x, mask: tensor }, { kept });
    return x;
  }
  const y = applyDropout(x, mask);
  x.dispose();
  return y;
}
