/** Reads small tensors that a loop makes, without stopping the device. */

import * as tf from "@tensorflow/tfjs-core";

/**
 * Tensors that are read together. A loop on a device runs that many steps ahead
 * at most: what it has handed over, dropout's masks above all, stays in memory
 * until the device has come to it.
 */
const TOGETHER = 8;

/**
 * Whether a read-back makes the active backend stop: on WebGPU all queued work
 * must end first, and then Deno looks for the values only every 10 ms.
 */
export function readsStopDevice(): boolean {
  return tf.getBackend() === "webgpu";
}

/**
 * Hands over the values of tensors: where a read-back stops the device those of
 * several at a time, elsewhere each at once.
 */
export class LateReads {
  #waiting: {
    readonly tensor: tf.Tensor;
    readonly use: (values: Float32Array) => void;
  }[] = [];

  /**
   * Takes a tensor, which is freed when it has been read.
   *
   * @param tensor float32, any shape.
   * @param use called with the values, in the order in which the tensors came;
   * they are to be copied.
   * @throws {BackendFailure} after a device error.
   */
  async add(
    tensor: tf.Tensor,
    use: (values: Float32Array) => void,
  ): Promise<void> {
    this.#waiting.push({ tensor, use });
    if (!readsStopDevice() || this.#waiting.length >= TOGETHER) {
      await this.finish();
    }
  }

  /**
   * Reads what waits.
   *
   * @throws {BackendFailure} after a device error.
   */
  async finish(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length === 0) return;
    const tensors = waiting.map(({ tensor }) => tensor);
    const all = tensors.length === 1
      ? tensors[0]
      : tf.tidy(() =>
        tf.concat(tensors.map((tensor) => tf.reshape(tensor, [tensor.size])))
      );
    const values = await all.data<"float32">();
    let start = 0;
    for (const { tensor, use } of waiting) {
      use(values.subarray(start, start += tensor.size));
    }
    tf.dispose([all, tensors]);
  }
}
