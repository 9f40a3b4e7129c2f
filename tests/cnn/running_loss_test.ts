import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import {
  crossEntropyTensors,
  RunningLoss,
} from "../../lib/cnn/running_loss.ts";
import { crossEntropy } from "../../lib/cnn/softmax.ts";
import { assertClose, numbers, testOnEachBackend } from "../backend/support.ts";

const TISSUES = 5;

/** Logits of about -8 to 8 and classes of a batch. */
function drawnBatch(rows: number, seed: number) {
  return {
    logits: numbers(rows * TISSUES, seed).map((value) => 8 * value),
    classes: Int32Array.from({ length: rows }, (_, row) => row % TISSUES),
  };
}

testOnEachBackend(
  "loss, hits and gradient on the backend are those in float64",
  async () => {
    const { logits, classes } = drawnBatch(12, 3);
    // A hopeless row, whose probability is 0 in float32, and one of equals.
    logits.set([2000, 0, 0, 0, -2000], TISSUES * 4);
    logits.fill(0, TISSUES * 5, TISSUES * 6);
    const expected = crossEntropy(logits, classes, TISSUES);
    const x = tf.tensor2d(logits, [12, TISSUES]);
    const { sums, gradient } = crossEntropyTensors(x, classes);
    const [lossSum, correct] = await sums.data();
    // float32 has 7 digits, and the loss is about 4000.
    assertClose([lossSum], [expected.lossSum], 4e-3, "loss");
    assert.equal(correct, expected.correct);
    assertClose(await gradient.data(), expected.gradient, 1e-6, "gradient");
    tf.dispose([x, sums, gradient]);
  },
);

testOnEachBackend(
  "the running loss of batches is that of all samples",
  async () => {
    const running = new RunningLoss();
    let [lossSum, correct] = [0, 0];
    // More batches than are read together.
    for (let index = 0; index < 20; index++) {
      const rows = 2 + index % 3;
      const { logits, classes } = drawnBatch(rows, index);
      const batch = crossEntropy(logits, classes, TISSUES);
      lossSum += batch.lossSum;
      correct += batch.correct;
      const x = tf.tensor2d(logits, [rows, TISSUES]);
      const gradient = await running.add(x, classes);
      assertClose(await gradient.data(), batch.gradient, 1e-6, "gradient");
      tf.dispose([x, gradient]);
    }
    await running.finish();
    assertClose([running.lossSum], [lossSum], 1e-6 * lossSum, "loss");
    assert.equal(running.correct, correct);
  },
);

testOnEachBackend("a loss that is no number stays none", async () => {
  const running = new RunningLoss();
  const x = tf.tensor2d([NaN, 0, 0, 0, 0, 1, 2, 3, 4, 5], [2, TISSUES]);
  tf.dispose([await running.add(x, Int32Array.of(0, 1)), x]);
  await running.finish();
  assert.ok(Number.isNaN(running.lossSum));
});
