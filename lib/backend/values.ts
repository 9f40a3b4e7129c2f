/** Reads and writes tensors' values with as few copies as possible. */

import * as tf from "@tensorflow/tfjs-core";
import { valuesOf } from "./wasm/heap.ts";

/**
 * Copies a tensor's values once. tfjs's own function makes a second copy, which
 * matters where a tensor takes most of a gigabyte.
 *
 * @param tensor any shape, float32.
 * @param into as many numbers as the tensor has.
 * @throws {RangeError} if there is not enough room.
 */
export async function readValues(
  tensor: tf.Tensor,
  into: Float32Array,
): Promise<void> {
  into.set(
    tf.getBackend() === "wasm"
      ? valuesOf(tensor)
      : await tensor.data<"float32">(),
  );
}

/**
 * Overwrites a variable's values; on wasm without a second tensor.
 *
 * @param variable any shape, float32.
 * @param values as many numbers as the variable has.
 * @throws {RangeError} if there are more or fewer.
 */
export function writeValues(variable: tf.Variable, values: Float32Array): void {
  if (values.length !== variable.size) {
    throw new RangeError(
      `Cannot write ${values.length} values: the variable has ${variable.size}`,
    );
  }
  if (tf.getBackend() === "wasm") {
    valuesOf(variable).set(values);
    return;
  }
  const tensor = tf.tensor(values, variable.shape);
  variable.assign(tensor);
  tensor.dispose();
}
