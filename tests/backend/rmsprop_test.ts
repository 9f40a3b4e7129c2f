/** RMSprop steps. */

import * as tf from "@tensorflow/tfjs-core";
import {
  matMul,
  matMulRmspropStep,
  rmspropStep,
} from "../../lib/backend/ops.ts";
import {
  assertClose,
  numbers,
  take,
  tensor,
  testOnEachBackend,
} from "./support.ts";

for (const size of [1, 4, 7, 130]) {
  testOnEachBackend(`three RMSprop steps on ${size} weights`, async () => {
    const start = tensor([size], 1);
    const zeros = tf.zeros([size]);
    const weights = tf.variable(start);
    const meanSquare = tf.variable(zeros);
    start.dispose();
    zeros.dispose();
    const expected = Float64Array.from(numbers(size, 1));
    const expectedSquare = new Float64Array(size);
    for (let step = 0; step < 3; step++) {
      const gradient = tensor([size], 20 + step);
      rmspropStep(weights, meanSquare, gradient, 0.01, 0.9, 1e-7);
      gradient.dispose();
      numbers(size, 20 + step).forEach((g, i) => {
        expectedSquare[i] = 0.9 * expectedSquare[i] + 0.1 * g * g;
        expected[i] -= 0.01 * g / (Math.sqrt(expectedSquare[i]) + 1e-7);
      });
    }
    // Three additions to numbers below 1: 3 * 2^-24, and WebGPU's square root
    // and division have errors of a few units in the last place.
    assertClose(await weights.data(), expected, 1e-6, "weights");
    assertClose(await meanSquare.data(), expectedSquare, 1e-6, "mean square");
    weights.dispose();
    meanSquare.dispose();
  });
}

testOnEachBackend("a step by a product equals the two operations", async () => {
  // 1,030 rows of 130 are more than one chunk of work on wasm.
  const results: Float32Array[] = [];
  for (const fused of [true, false]) {
    const start = tensor<tf.Tensor2D>([1030, 130], 1);
    const zeros = tf.zeros([1030, 130]);
    const weights = tf.variable(start);
    const meanSquare = tf.variable(zeros);
    const a = tensor<tf.Tensor2D>([5, 1030], 2);
    const b = tensor<tf.Tensor2D>([5, 130], 3);
    if (fused) {
      matMulRmspropStep(weights, meanSquare, a, b, 0.01, 0.9, 1e-7);
    } else {
      const gradient = matMul(a, b, true);
      rmspropStep(weights, meanSquare, gradient, 0.01, 0.9, 1e-7);
      gradient.dispose();
    }
    tf.dispose([start, zeros, a, b]);
    results.push(...await take(weights, meanSquare));
  }
  assertClose(results[0], results[2], 0, "weights");
  assertClose(results[1], results[3], 0, "mean square");
});

testOnEachBackend(
  "stock kernels see weights that changed in place",
  async () => {
    // On wasm, tfjs keeps packed copies of a convolution's weights.
    const start = tf.ones<tf.Rank.R4>([1, 1, 4, 4]);
    const zeros = tf.zeros([1, 1, 4, 4]);
    const weights = tf.variable(start);
    const meanSquare = tf.variable(zeros);
    start.dispose();
    zeros.dispose();
    const x = tf.ones<tf.Rank.R4>([1, 2, 2, 4]);
    const gradient = tf.ones([1, 1, 4, 4]);
    await take(tf.conv2d(x, weights as unknown as tf.Tensor4D, 1, "same"));
    // m = 1, so that each weight falls by 0.25 and each output from 4 to 3.
    rmspropStep(weights, meanSquare, gradient, 0.25, 0, 0);
    const [y] = await take(
      tf.conv2d(x, weights as unknown as tf.Tensor4D, 1, "same"),
    );
    assertClose(y, new Float32Array(16).fill(3), 1e-6, "y");
    await take(x, gradient);
    weights.dispose();
    meanSquare.dispose();
  },
);
