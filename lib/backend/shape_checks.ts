/** Checks of the shapes of tensors. */

import type * as tf from "@tensorflow/tfjs-core";

/** A tensor's shape as text, such as `[2,5,5,3]`. */
export function shapeText(tensor: tf.Tensor): string {
  return `[${tensor.shape.join(",")}]`;
}

/**
 * Throws unless two shapes are equal.
 *
 * @throws {RangeError} naming the operation, the argument and both shapes.
 */
export function assertShape(
  action: string,
  argument: string,
  tensor: tf.Tensor,
  expected: readonly number[],
): void {
  const equal = tensor.shape.length === expected.length &&
    tensor.shape.every((size, axis) => size === expected[axis]);
  if (!equal) {
    throw new RangeError(
      `Cannot ${action}: ${argument} has shape ${shapeText(tensor)}, ` +
        `expected [${expected.join(",")}]`,
    );
  }
}

/**
 * Throws unless a tensor's rank is one of those allowed.
 *
 * @throws {RangeError} naming the operation, the argument and its shape.
 */
export function assertRank(
  action: string,
  argument: string,
  tensor: tf.Tensor,
  ranks: readonly number[],
): void {
  if (!ranks.includes(tensor.rank)) {
    throw new RangeError(
      `Cannot ${action}: ${argument} has shape ${shapeText(tensor)}, ` +
        `expected rank ${ranks.join(" or ")}`,
    );
  }
}

/** The size of the last axis, the channels. */
export function channelsOf({ shape }: tf.TensorInfo): number {
  return shape[shape.length - 1];
}
