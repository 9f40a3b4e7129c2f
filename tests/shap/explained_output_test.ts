/** The outputs that can be explained, against JAX: tests/fixtures/shap. */

import assert from "node:assert/strict";
import {
  type ExplainedOutput,
  explainedOutputs,
  outputGradient,
  outputValues,
} from "../../lib/shap/explained_output.ts";
import { readFixture } from "../cnn/fixture_network.ts";

interface OutputCase {
  readonly logits: readonly number[];
  readonly class: number;
}

type OutputFixture = {
  readonly cases: readonly (
    & OutputCase
    & Record<ExplainedOutput, { value: number; gradient: number[] }>
  )[];
};

for (const output of explainedOutputs) {
  Deno.test(`the ${output} and its slope equal JAX's`, async () => {
    const { cases } = await readFixture<OutputFixture>(
      "shap/explained_output.json",
    );
    assert.equal(cases.length, 16);
    for (const one of cases) {
      const tissues = one.logits.length;
      // The row stands between others.
      const rows = [...one.logits.map(() => 1), ...one.logits, 5, 4, 3, 2, 1];
      const at = tissues + one.class;
      const value = outputValues(rows, tissues, output)[at];
      const expected = one[output];
      // Both in float64: sums of five numbers differ in the last digits.
      const size = Math.max(1, Math.abs(expected.value));
      assert.ok(Math.abs(value - expected.value) < 1e-13 * size);
      const gradient = outputGradient(rows, tissues, one.class, output)
        .subarray(tissues, 2 * tissues);
      expected.gradient.forEach((slope, k) =>
        // Ours is rounded to float32.
        assert.ok(
          Math.abs(gradient[k] - slope) <= 6e-8 * Math.abs(slope) + 1e-30,
          `${gradient[k]}, ${slope}`,
        )
      );
    }
  });
}

Deno.test("the slope of the log-odds is that of the probability, weighted", () => {
  const logits = [0.3, -1, 2, 0.5];
  for (const c of [0, 1, 2, 3]) {
    const p = outputValues(logits, 4, "probability")[c];
    const logOdds = outputValues(logits, 4, "log-odds")[c];
    assert.ok(Math.abs(logOdds - Math.log(p / (1 - p))) < 1e-14);
    const slopes = outputGradient(logits, 4, c, "log-odds");
    outputGradient(logits, 4, c, "probability").forEach((slope, k) =>
      assert.ok(Math.abs(slope - p * (1 - p) * slopes[k]) < 1e-7)
    );
  }
});

Deno.test("a number added to all logits changes no output", () => {
  const logits = [0.3, -1, 2];
  for (const output of explainedOutputs) {
    const moved = outputValues(logits.map((l) => l + 7), 3, output);
    outputValues(logits, 3, output).forEach((value, k) =>
      assert.ok(Math.abs(value - moved[k]) < 1e-14)
    );
    const sum = outputGradient(logits, 3, 1, output)
      .reduce((sum, slope) => sum + slope, 0);
    assert.ok(Math.abs(sum) < 1e-7);
  }
});
