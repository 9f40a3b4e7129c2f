/** The attributions against JAX: tests/fixtures/shap/attributions.json. */

import assert from "node:assert/strict";
import { disposeFrozen, freeze } from "../../../lib/cnn/inference_pass.ts";
import { disposeNetwork } from "../../../lib/cnn/network.ts";
import {
  attributions,
  chooseAttributions,
  STEPS,
} from "../../../lib/shap/attributions/attribution.ts";
import { balancedMean } from "../../../lib/shap/attributions/balanced_mean.ts";
import type { ExplainedOutput } from "../../../lib/shap/explained_output.ts";
import { testOnEachBackend } from "../../backend/support.ts";
import {
  fixtureNetwork,
  fixtureSamples,
  readFixture,
} from "../../cnn/fixture_network.ts";
import { architecture, relativeDifference } from "../../cnn/small_network.ts";
import { explainSample } from "../made_draws.ts";

interface AttributionFixture {
  readonly seeds: { readonly background: number; readonly explained: number };
  readonly background: number;
  readonly used: number[];
  readonly steps: number;
  readonly cases: {
    readonly sample: number;
    readonly class: number;
    readonly output: ExplainedOutput;
    readonly model_output: number;
    readonly baseline_output: number;
    readonly integrated_gradients: number[];
    readonly gradient_x_input: number[];
    /** What the scores miss of the two outputs' difference. */
    readonly gap: number;
    readonly gap_of_many_steps: number;
  }[];
}

// JAX computed in float64; what differs is float32 through five layers, as with
// shap's own scores.
const TOLERANCE = 1e-4;

testOnEachBackend("both attributions equal JAX's", async () => {
  const jax = await readFixture<AttributionFixture>("shap/attributions.json");
  assert.equal(jax.steps, STEPS);
  const { genes } = architecture;
  const all = fixtureSamples(jax.background, jax.seeds.background);
  const background = {
    background: Float32Array.from(
      jax.used.flatMap((row) => [
        ...all.expression.subarray(row * genes, (row + 1) * genes),
      ]),
    ),
    classes: Int32Array.from(jax.used, (row) => all.classes[row]),
  };
  const { expression } = fixtureSamples(3, jax.seeds.explained);
  const network = fixtureNetwork();
  const frozen = freeze(network);
  for (const each of jax.cases) {
    const { sample } = each;
    for (const { ranking, baselineOf, steps, isComplete } of attributions) {
      const scores = await explainSample(
        frozen,
        expression.subarray(sample * genes, (sample + 1) * genes),
        each.class,
        baselineOf(background),
        steps,
        16,
        each.output,
      );
      const expected = each[ranking as "integrated_gradients"];
      const difference = relativeDifference(scores, expected);
      assert.ok(difference < TOLERANCE, `${ranking} differs by ${difference}`);
      if (!isComplete) continue;
      const sum = scores.reduce((a, b) => a + b, 0);
      const gap = each.model_output - each.baseline_output - sum;
      // 45 scores, each that near.
      const rounding = genes * TOLERANCE * Math.max(...expected.map(Math.abs));
      assert.ok(Math.abs(gap - each.gap) < rounding, `${gap}, ${each.gap}`);
    }
  }
  disposeFrozen(frozen);
  disposeNetwork(network);
});

Deno.test("integrated gradients sum to the difference of the outputs", async () => {
  const { cases } = await readFixture<AttributionFixture>(
    "shap/attributions.json",
  );
  for (const { gap, gap_of_many_steps, integrated_gradients } of cases) {
    const largest = Math.max(...integrated_gradients.map(Math.abs));
    // What 32 steps miss is less than a tenth of a single gene's score.
    assert.ok(Math.abs(gap) < 0.1 * largest, `${gap} of ${largest}`);
    assert.ok(Math.abs(gap_of_many_steps) < 1e-3 * largest);
  }
});

Deno.test("in the balanced mean each tissue counts the same", () => {
  const mean = balancedMean({
    background: Float32Array.of(1, 0, 3, 0, 8, 6),
    classes: Int32Array.of(0, 0, 1),
  });
  // Tissue means (2, 0) and (8, 6).
  assert.deepEqual([...mean], [5, 3]);
});

Deno.test("attributions are chosen in the order of the list, none by a word", () => {
  const names = (wanted: string[]) =>
    chooseAttributions(wanted).map(({ name }) => name);
  const both = ["integrated-gradients", "gradient-x-input"];
  assert.deepEqual(names(both.toReversed()), both);
  assert.deepEqual(names(["none"]), []);
  for (const wrong of [["lime"], [], ["none", both[0]]]) {
    assert.throws(
      () => chooseAttributions(wrong),
      /Cannot read --shap\.attributions: it is (lime|empty|none) and should be none, or one or more of integrated-gradients, gradient-x-input$/,
    );
  }
});
