/** Scores against shap's GradientExplainer: tests/fixtures/shap. */

import assert from "node:assert/strict";
import { disposeFrozen, freeze } from "../../lib/cnn/inference_pass.ts";
import { disposeNetwork } from "../../lib/cnn/network.ts";
import { predictLogits } from "../../lib/cnn/predict.ts";
import { largestOfRow, softmax } from "../../lib/cnn/softmax.ts";
import { openBackend } from "../../lib/backend/open.ts";
import { RandomStream } from "../../lib/random.ts";
import { BlockScores } from "../../lib/shap/block_scores.ts";
import { alphaDensity } from "../../lib/shap/alpha_density.ts";
import { columnMeans } from "../../lib/shap/background_control.ts";
import { blockGradientSums } from "../../lib/shap/expected_gradients.ts";
import {
  defaultRules,
  explainSample,
  makeDraws,
  shapRules,
  standardErrors,
} from "./made_draws.ts";
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
  readonly own_draws: number;
  readonly explained: {
    readonly predicted: number;
    readonly output: number;
    readonly expected: number;
    readonly rows: number[];
    readonly alphas: number[];
    readonly scores: number[];
    /** By as many draws of shap's own as `own_draws` says. */
    readonly own_scores: number[];
    readonly own_standard_errors: number[];
  }[];
}

// Keras under shap computed in float64, from interpolated samples that shap
// rounds to float32 as we do; what differs is float32 through five layers.
const TOLERANCE = 1e-4;

testOnEachBackend("scores equal shap's for the same draws", async () => {
  const shap = await readFixture<ShapFixture>("shap/gradient_explainer.json");
  const { genes, tissues } = architecture;
  const background =
    fixtureSamples(shap.background, shap.seeds.background).expression;
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
  const ofBackground = await probabilitiesOf(background);
  const predicted = largestOfRow(outputs, tissues);

  for (const [index, explained] of shap.explained.entries()) {
    assert.equal(predicted[index], explained.predicted);
    const output = outputs[index * tissues + explained.predicted];
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
      expression.subarray(index * genes, (index + 1) * genes),
      explained.predicted,
      background,
      explained.rows.map((row, draw) => ({
        row,
        alpha: explained.alphas[draw],
        weight: 1,
      })),
      7,
    );
    const difference = relativeDifference(scores, explained.scores);
    assert.ok(difference < TOLERANCE, `scores differ by ${difference}`);
  }
  disposeFrozen(frozen);
  disposeNetwork(network);
});

for (const rules of [shapRules, defaultRules]) {
  Deno.test(`scores by our own ${rules.alphas} draws agree with those by shap's own`, async () => {
    const shap = await readFixture<ShapFixture>("shap/gradient_explainer.json");
    assert.equal(shap.own_draws, 10_000);
    const { genes } = architecture;
    const background =
      fixtureSamples(shap.background, shap.seeds.background).expression;
    const samples = shap.explained.length;
    const { expression } = fixtureSamples(samples, shap.seeds.explained);
    await openBackend("wasm");
    const network = fixtureNetwork();
    const frozen = freeze(network);
    const source = {
      classes: Int32Array.from(
        { length: shap.background },
        (_, row) => row % 3,
      ),
      density: await alphaDensity(
        frozen,
        { from: background, to: expression },
        new RandomStream(7),
        64,
      ),
    };
    const draws = 2000;
    // So many that their standard error is itself exact.
    const blocks = 100;
    const scores = new BlockScores(
      { samples, columns: genes, blocks, ensemble: 1 },
    );
    for (const [index, explained] of shap.explained.entries()) {
      const made = makeDraws(50 + index, source, draws, blocks, rules);
      scores.add(
        index,
        0,
        await blockGradientSums(
          frozen,
          expression.subarray(index * genes, (index + 1) * genes),
          explained.predicted,
          background,
          made,
          blocks,
          64,
          "probability",
          rules.control && columnMeans(background, shap.background),
        ),
      );
    }
    disposeFrozen(frozen);
    disposeNetwork(network);
    scores.endRound(draws);

    const ours = scores.ofAll(Uint32Array.from({ length: genes }, (_, g) => g));
    const errors = standardErrors(scores);
    shap.explained.forEach((explained, index) => {
      const largest = Math.max(...explained.own_scores.map(Math.abs));
      let squares = 0;
      explained.own_scores.forEach((theirs, gene) => {
        const error = Math.hypot(
          errors[index * genes + gene],
          explained.own_standard_errors[gene],
        );
        // Small enough for the comparison to say something.
        assert.ok(error < 0.1 * largest, `an error of ${error}`);
        const off = (ours[index * genes + gene] - theirs) / error;
        // 4.5 standard errors: one in 50,000 by chance, of 135.
        assert.ok(Math.abs(off) < 4.5, `${off} standard errors`);
        squares += off * off;
      });
      // Errors that were stated much too large would pass the test above; the
      // genes' errors depend on each other, so this mean is a rough one.
      assert.ok(squares / genes > 0.1 && squares / genes < 3, `${squares}`);
    });
  });
}
