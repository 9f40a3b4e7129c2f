import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { Rmsprop } from "../../lib/cnn/optimizer.ts";
import { testOnEachBackend } from "../backend/support.ts";

const SETTINGS = { "learning-rate": 0.01, rho: 0.9, epsilon: 1e-3, decay: 0.5 };

testOnEachBackend("three updates by hand", async () => {
  const start = tf.tensor1d([1, -2]);
  const weight = tf.variable(start);
  start.dispose();
  const optimizer = new Rmsprop(SETTINGS, [weight]);
  const expected = [1, -2];
  const squares = [0, 0];
  for (const [update, slopes] of [[0.5, -1], [2, 0], [-0.1, 3]].entries()) {
    const gradient = tf.tensor1d(slopes);
    optimizer.apply(weight, gradient);
    optimizer.updates++;
    const rate = 0.01 / (1 + 0.5 * update);
    slopes.forEach((slope, index) => {
      squares[index] = 0.9 * squares[index] + 0.1 * slope * slope;
      expected[index] -= rate * slope / (Math.sqrt(squares[index]) + 1e-3);
    });
  }
  const found = await weight.data();
  // float32 against float64 over three updates.
  expected.forEach((value, index) =>
    assert.ok(Math.abs(found[index] - value) < 5e-7)
  );
  assert.equal(optimizer.updates, 3);
  optimizer.dispose();
  weight.dispose();
});
