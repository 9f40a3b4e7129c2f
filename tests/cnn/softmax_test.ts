import assert from "node:assert/strict";
import { crossEntropy, largestOfRow, softmax } from "../../lib/cnn/softmax.ts";

Deno.test("softmax of each row sums to 1 and survives large logits", () => {
  const probabilities = softmax([1000, 1001, -1000, 0, 0, 0], 3);
  assert.ok(Math.abs(probabilities[1] - 1 / (1 + Math.exp(-1))) < 1e-15);
  assert.equal(probabilities[2], 0);
  assert.deepEqual([...probabilities.slice(3)], [1 / 3, 1 / 3, 1 / 3]);
});

Deno.test("the cross-entropy of a hopeless prediction is finite", () => {
  const { lossSum, correct } = crossEntropy([0, 2000], [0], 2);
  assert.equal(lossSum, 2000);
  assert.equal(correct, 0);
});

Deno.test("the gradient of the mean loss equals central differences", () => {
  const logits = [0.3, -1.2, 0.7, 2, 0.1, -0.4];
  const classes = [2, 0];
  const { gradient } = crossEntropy(logits, classes, 3);
  const step = 1e-6;
  logits.forEach((_, index) => {
    const meanLoss = (sign: number) => {
      const moved = logits.with(index, logits[index] + sign * step);
      return crossEntropy(moved, classes, 3).lossSum / 2;
    };
    const slope = (meanLoss(1) - meanLoss(-1)) / (2 * step);
    // The gradient is float32; the difference's own error is about 1e-10.
    assert.ok(Math.abs(gradient[index] - slope) < 1e-7);
  });
});

Deno.test("of equal logits the first tissue is predicted", () => {
  assert.deepEqual([...largestOfRow([1, 1, 0, 0, 2, 2], 3)], [0, 1]);
  assert.equal(crossEntropy([1, 1], [0], 2).correct, 1);
});
