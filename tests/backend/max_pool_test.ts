/** 2x2 max pooling and its gradient. */

import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { maxPool2, maxPool2GradientOver } from "../../lib/backend/ops.ts";
import { eachWindow, firstLargest, type Shape } from "./reference.ts";
import { numbers, take, tensor, testOnEachBackend } from "./support.ts";

const SHAPES: Shape[] = [
  [1, 2, 2, 1],
  [2, 4, 6, 3],
  [1, 5, 7, 8],
  [2, 3, 4, 13],
];

for (const shape of SHAPES) {
  testOnEachBackend(`max pool ${shape.join("x")}`, async () => {
    const values = numbers(shape.reduce((a, b) => a * b), 5);
    // Rounded to halves, so that most windows have ties.
    for (let i = 0; i < values.length; i++) {
      values[i] = Math.round(values[i] * 2);
    }
    const x = tf.tensor4d(values, shape);
    const y = maxPool2(x);
    const dy = tensor<tf.Tensor4D>(y.shape, 6);
    const gradients = numbers(y.size, 6);
    const expected = new Float32Array(y.size);
    const expectedDx = new Float32Array(x.size);
    eachWindow(shape, (window, index) => {
      const largest = firstLargest(values, window);
      expected[index] = values[largest];
      expectedDx[largest] = gradients[index];
    });
    const [dx] = await take(maxPool2GradientOver(dy, x, y));
    // Values are only copied, so they must be equal. Adding 0 turns -0 into 0.
    assert.deepEqual(dx.map((value) => value + 0), expectedDx);
    const [pooled] = await take(y);
    assert.deepEqual(pooled.map((v) => v + 0), expected.map((v) => v + 0));
    await take(dy);
  });
}
