/** The slope of an explained output, made on the backend. */

import * as tf from "@tensorflow/tfjs-core";
import type { ExplainedOutput } from "./explained_output.ts";

/** So much less than any logit that its power is 0. */
const NEVER = 1e30;

/**
 * `outputGradient` on the backend, in float32 and without a read-back.
 *
 * @param logits `[B, tissues]`, at least two tissues; stays the caller's.
 * @returns d output of the class / d logits, `[B, tissues]`; the caller frees
 * it.
 */
export function outputGradientTensor(
  logits: tf.Tensor2D,
  explainedClass: number,
  output: ExplainedOutput,
): tf.Tensor2D {
  const [rows, tissues] = logits.shape;
  return tf.tidy(() => {
    const own = tf.tensor2d(
      Float32Array.from(
        { length: tissues },
        (_, k) => k === explainedClass ? 1 : 0,
      ),
      [1, tissues],
    );
    switch (output) {
      case "probability": {
        const probabilities = tf.softmax(logits);
        const explained = tf.sum(tf.mul(probabilities, own), 1, true);
        return tf.mul(explained, tf.sub(own, probabilities));
      }
      case "log-odds":
        return tf.sub(own, tf.softmax(tf.sub(logits, tf.mul(own, NEVER))));
      case "centered-logit":
        return tf.tile(tf.sub(own, 1 / tissues), [rows, 1]);
    }
  });
}
