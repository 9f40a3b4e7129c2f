/** Matrix product. */

import type * as tf from "@tensorflow/tfjs-core";
import { runKernel } from "../run_kernel.ts";
import { assertRank, shapeText } from "../shape_checks.ts";

/**
 * Matrix product op(a) op(b), where op transposes or not. On wasm no transposed
 * copy of an operand is made.
 *
 * @param a `[rows, inner]`, or `[inner, rows]` with transposeA.
 * @param b `[inner, columns]`, or `[columns, inner]` with transposeB.
 * @param transposeA false by default.
 * @param transposeB false by default.
 * @returns `[rows, columns]`; the caller disposes of it.
 * @throws {RangeError} when the inner sizes differ.
 * @throws {BackendFailure} after a device error.
 */
export function matMul(
  a: tf.Tensor2D,
  b: tf.Tensor2D,
  transposeA = false,
  transposeB = false,
): tf.Tensor2D {
  assertRank("multiply matrices", "the left matrix", a, [2]);
  assertRank("multiply matrices", "the right matrix", b, [2]);
  const innerA = a.shape[transposeA ? 0 : 1];
  const innerB = b.shape[transposeB ? 1 : 0];
  if (innerA !== innerB) {
    throw new RangeError(
      `Cannot multiply matrices: inner sizes are ${innerA} and ${innerB} ` +
        `(${shapeText(a)}${transposeA ? " transposed" : ""} by ` +
        `${shapeText(b)}${transposeB ? " transposed" : ""}), expected equal`,
    );
  }
  return runKernel("BatchMatMul", { a, b }, { transposeA, transposeB });
}
