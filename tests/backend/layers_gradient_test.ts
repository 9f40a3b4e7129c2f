/** The gradients of an ordinary tfjs network. */

// The whole library: it registers the gradients of its operations.
import * as tf from "@tensorflow/tfjs";
import { assertClose, take, tensor, testOnEachBackend } from "./support.ts";
import { openBackend } from "../../lib/backend/open.ts";

/** Gradients of a network with respect to its image and its weights. */
async function gradients(): Promise<Float32Array[]> {
  const x = tensor<tf.Tensor4D>([2, 6, 7, 1], 1);
  const filter = tensor<tf.Tensor4D>([3, 3, 1, 5], 2);
  const dense = tensor<tf.Tensor2D>([45, 4], 3);
  const network = (x: tf.Tensor, filter: tf.Tensor, dense: tf.Tensor) => {
    const y = tf.relu(
      tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, "same"),
    );
    const pooled = tf.maxPool(y as tf.Tensor4D, 2, 2, "valid");
    const logits = tf.matMul(tf.reshape(pooled, [2, 45]), dense as tf.Tensor2D);
    const softmax = tf.softmax(logits as tf.Tensor2D);
    return tf.sum(tf.slice2d(softmax, [0, 1], [2, 1])) as tf.Scalar;
  };
  const result = tf.grads(network)([x, filter, dense]);
  await take(x, filter, dense);
  return await take(...result);
}

testOnEachBackend(
  "tf.grads of a network equals the cpu backend",
  async ({ name }) => {
    const actual = await gradients();
    await openBackend("cpu");
    const expected = await gradients();
    await openBackend(name);
    // Three layers of sums of at most 45 float32 numbers of the order of 1.
    actual.forEach((values, i) => {
      assertClose(values, expected[i], 2e-5, `gradient ${i}`);
    });
  },
);
