import * as tf from "@tensorflow/tfjs-core";
import { valuesOf, type WasmBackend } from "./wasm/heap.ts";

/**
 * Copies a tensor's values once. tfjs's own way makes one copy more, which
 * counts where a tensor takes most of a gigabyte.
 *
 * @param tensor any shape, float32.
 * @param into as many numbers as the tensor has.
 * @throws {RangeError} if there is not enough room.
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs-core";
 * import { openBackend } from "./open.ts";
 * import { readValues } from "./read_values.ts";
 * await openBackend("wasm");
 * const values = new Float32Array(2);
 * await readValues(tf.tensor1d([3, 4]), values);
 * console.assert(values.join() === "3,4");
 * ```
 */
export async function readValues(
  tensor: tf.Tensor,
  into: Float32Array,
): Promise<void> {
  into.set(
    tf.getBackend() === "wasm"
      ? valuesOf(tf.backend() as unknown as WasmBackend, tensor)
      : await tensor.data<"float32">(),
  );
}
