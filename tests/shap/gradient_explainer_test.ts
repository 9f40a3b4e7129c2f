/** Scores against shap's GradientExplainer: tests/fixtures/shap. */

import assert from "node:assert/strict";
import { disposeFrozen, freeze } from "../../lib/cnn/inference_pass.ts";
import { disposeNetwork } from "../../lib/cnn/network.ts";
import { predictLogits } from "../../lib/cnn/predict.ts";
import { largestOfRow, softmax } from "../../lib/cnn/softmax.ts";
import { explainSample } from "../../lib/shap/expected_gradients.ts";
import { testOnEachBackend } from "../backend/support.ts";
import {
  fixtureNetwork,
  fixtureSamples,
  readFixture,
} from "../cnn/fixture_network.ts";
import { architecture, relativeDifference } from "../cnn/small_network.ts";

interface ShapFixture {
  readonly seeds: { readonly background: number; readonly explained: number };
  readonly background: number;
  readonly explained: {
    readonly predicted: number;
    readonly output: number;
    readonly expected: number;
    readonly rows: number[];
    readonly alphas: number[];
    readonly scores: number[];
  }[];
}

// Keras under shap computed in float64, from interpolated samples that shap
// rounds to float32 as we do; what differs is float32 through five layers.
const TOLERANCE = 1e-4;

testOnEachBackend("scores equal shap's for the same draws", async () => {
  const shap = await readFixture<ShapFixture>("shap/gradient_explainer.json");
  const { genes, tissues } = architecture;
  const background = {
    expression:
      fixtureSamples(shap.background, shap.seeds.background).expression,
    samples: shap.background,
  };
  const count = shap.explained.length;
  const { expression } = fixtureSamples(count, shap.seeds.explained);
  const network = fixtureNetwork();
  const frozen = freeze(network);
  const probabilitiesOf = async (samples: Float32Array) =>
    softmax(
      await predictLogits(frozen, samples, samples.length / genes, 8),
      tissues,
    );
  const outputs = await probabilitiesOf(expression);
  const ofBackground = await probabilitiesOf(background.expression);
  const predicted = largestOfRow(outputs, tissues);

  for (const [place, explained] of shap.explained.entries()) {
    assert.equal(predicted[place], explained.predicted);
    const output = outputs[place * tissues + explained.predicted];
    assert.ok(Math.abs(output / explained.output - 1) < TOLERANCE);
    const expected = ofBackground.reduce(
      (sum, probability, at) =>
        at % tissues === explained.predicted
          ? sum + probability / shap.background
          : sum,
      0,
    );
    assert.ok(Math.abs(expected / explained.expected - 1) < TOLERANCE);

    const scores = await explainSample(
      frozen,
      expression.subarray(place * genes, (place + 1) * genes),
      explained.predicted,
      background,
      explained.rows.map((row, draw) => ({
        row,
        alpha: explained.alphas[draw],
      })),
      7,
    );
    const difference = relativeDifference(scores, explained.scores);
    assert.ok(difference < TOLERANCE, `scores differ by ${difference}`);
  }
  disposeFrozen(frozen);
  disposeNetwork(network);
});
