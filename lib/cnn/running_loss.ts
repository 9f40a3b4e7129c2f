/** The loss of one batch after the other, and its gradient. */

import * as tf from "@tensorflow/tfjs-core";
import { LateReads, readsStopDevice } from "../backend/late_reads.ts";
import { crossEntropy } from "./softmax.ts";

/**
 * The sums over batches of categorical cross-entropy and right predictions.
 *
 * On WebGPU they are made on the device and read some batches later, in float32
 * within a batch: no batch waits for the one before to be read. Elsewhere
 * `crossEntropy` makes them.
 */
export class RunningLoss {
  /** The summed loss of all samples whose batches have been read. */
  lossSum = 0;
  /** How many of those were predicted right. */
  correct = 0;
  readonly #reads = new LateReads();

  /**
   * Adds a batch.
   *
   * @param logits `[B, tissues]`; stays the caller's.
   * @param classes Each row's true class.
   * @returns d mean loss / d logits, `[B, tissues]`; the caller frees it.
   * @throws {BackendFailure} After a device error.
   */
  async add(logits: tf.Tensor2D, classes: Int32Array): Promise<tf.Tensor2D> {
    if (readsStopDevice()) {
      const { sums, gradient } = crossEntropyTensors(logits, classes);
      await this.#reads.add(sums, ([lossSum, correct]) => {
        this.#count(lossSum, correct);
      });
      return gradient;
    }
    const { lossSum, correct, gradient } = crossEntropy(
      await logits.data<"float32">(),
      classes,
      logits.shape[1],
    );
    this.#count(lossSum, correct);
    return tf.tensor2d(gradient, logits.shape);
  }

  /**
   * Reads the sums of all batches.
   *
   * @throws {BackendFailure} After a device error.
   */
  async finish(): Promise<void> {
    await this.#reads.finish();
  }

  #count(lossSum: number, correct: number): void {
    this.lossSum += lossSum;
    this.correct += correct;
  }
}

/**
 * `crossEntropy` on the backend, in float32.
 *
 * @returns `sums`, `[2]`: the summed loss and the right predictions; and the
 * gradient of the mean loss, `[B, tissues]`.
 */
export function crossEntropyTensors(
  logits: tf.Tensor2D,
  classes: Int32Array,
): { sums: tf.Tensor1D; gradient: tf.Tensor2D } {
  const [rows, tissues] = logits.shape;
  return tf.tidy(() => {
    const ones = new Float32Array(rows * tissues);
    classes.forEach((truth, row) => ones[row * tissues + truth] = 1);
    const oneHot = tf.tensor2d(ones, logits.shape);
    const shifted = tf.sub(logits, tf.max(logits, 1, true));
    const powers = tf.exp(shifted);
    const powerSums = tf.sum(powers, 1, true);
    // From the logits, as log(softmax) would underflow to log(0).
    const lossSum = tf.sub(
      tf.sum(tf.log(powerSums)),
      tf.sum(tf.mul(shifted, oneHot)),
    );
    const isRight = tf.equal(
      tf.argMax(logits, 1),
      tf.tensor1d(classes, "int32"),
    );
    return {
      sums: tf.stack([lossSum, tf.sum(tf.cast(isRight, "float32"))]),
      gradient: tf.div(tf.sub(tf.div(powers, powerSums), oneHot), rows),
    } as { sums: tf.Tensor1D; gradient: tf.Tensor2D };
  });
}
