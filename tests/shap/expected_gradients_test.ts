import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { openBackend } from "../../lib/backend/open.ts";
import {
  disposeFrozen,
  freeze,
  type FrozenNetwork,
} from "../../lib/cnn/inference_pass.ts";
import { disposeNetwork } from "../../lib/cnn/network.ts";
import { predictLogits } from "../../lib/cnn/predict.ts";
import type { DrawRules } from "../../lib/shap/draws.ts";
import {
  type ExplainedOutput,
  explainedOutputs,
  outputValues,
} from "../../lib/shap/explained_output.ts";
import { testOnEachBackend } from "../backend/support.ts";
import {
  drawnSamples,
  relativeDifference,
  smallNetwork,
} from "../cnn/small_network.ts";
import { explainSample, makeDraws, shapRules } from "./made_draws.ts";

const GENES = 45;
const { expression, classes } = drawnSamples(12, 8);
const background = expression;
const sample = drawnSamples(1, 9).expression;

async function outputOf(
  frozen: FrozenNetwork,
  expression: Float32Array,
  tissue: number,
  output: ExplainedOutput = "probability",
): Promise<number[]> {
  const rows = expression.length / GENES;
  const logits = await predictLogits(frozen, expression, rows, 16);
  return [...outputValues(logits, 3, output)]
    .filter((_, index) => index % 3 === tissue);
}

async function withNetwork(use: (frozen: FrozenNetwork) => Promise<void>) {
  const network = smallNetwork();
  const frozen = freeze(network);
  await use(frozen);
  disposeFrozen(frozen);
  disposeNetwork(network);
}

for (const output of explainedOutputs) {
  testOnEachBackend(
    `one draw equals the slope of the ${output} by central differences`,
    async () => {
      await withNetwork(async (frozen) => {
        const draws = [{ row: 3, alpha: 0.4, weight: 1 }];
        const scores = await explainSample(
          frozen,
          sample,
          2,
          background,
          draws,
          1,
          output,
        );
        const base = background.subarray(3 * GENES, 4 * GENES);
        const between = base.map((b, gene) => b + 0.4 * (sample[gene] - b));
        // A step small enough to stay on one side of nearly every ReLU, large
        // enough for float32: error about 1e-7 / step.
        const step = 1e-2;
        const moved = new Float32Array(2 * GENES * GENES);
        for (let gene = 0; gene < GENES; gene++) {
          moved.set(between, 2 * gene * GENES);
          moved.set(between, (2 * gene + 1) * GENES);
          moved[2 * gene * GENES + gene] += step;
          moved[(2 * gene + 1) * GENES + gene] -= step;
        }
        const outputs = await outputOf(frozen, moved, 2, output);
        const expected = Array.from(
          base,
          (b, gene) =>
            (sample[gene] - b) * (outputs[2 * gene] - outputs[2 * gene + 1]) /
            (2 * step),
        );
        const difference = relativeDifference(scores, expected);
        assert.ok(difference < 0.02, `differs by ${difference}`);
      });
    },
  );
}

testOnEachBackend(
  "scores do not depend on the batch, and leave no tensor behind",
  async () => {
    await withNetwork(async (frozen) => {
      const draws = makeDraws(4, { classes }, 10, 1, shapRules);
      const before = tf.memory().numTensors;
      const whole = await explainSample(
        frozen,
        sample,
        0,
        background,
        draws,
        10,
      );
      const parts = await explainSample(
        frozen,
        sample,
        0,
        background,
        draws,
        3,
      );
      assert.ok(relativeDifference(parts, whole) < 1e-6);
      assert.equal(tf.memory().numTensors, before);
    });
  },
);

Deno.test("the scores sum to output minus base value, within their error", async () => {
  // Hundreds of passes, so on the quick backend alone.
  await openBackend("wasm");
  await withNetwork(async (frozen) => {
    const [output] = await outputOf(frozen, sample, 2);
    const others = await outputOf(frozen, background, 2);
    const baseValue = others.reduce((a, b) => a + b, 0) / others.length;
    const gapOf = async (seed: number, count: number, rules: DrawRules) => {
      const draws = makeDraws(seed, { classes }, count, 1, rules);
      const scores = await explainSample(
        frozen,
        sample,
        2,
        background,
        draws,
        64,
      );
      return output - baseValue - scores.reduce((a, b) => a + b, 0);
    };
    const spread = async (count: number, rules: DrawRules) => {
      let squares = 0;
      for (let seed = 1; seed <= 12; seed++) {
        const gap = await gapOf(seed, count, rules);
        squares += gap * gap;
      }
      return Math.sqrt(squares / 12);
    };
    const few = await spread(8, shapRules);
    const many = await spread(128, shapRules);
    // 16 times the draws: a quarter of the gap; 12 repeats leave +-40 %.
    assert.ok(many < few / 2, `gap ${few} at 8 draws, ${many} at 128`);
    assert.ok(many < 0.05 * Math.abs(output - baseValue) + 0.01);
    const stratified = await spread(128, {
      alphas: "stratified",
      backgrounds: "balanced",
    });
    assert.ok(stratified < many, `${stratified} stratified, ${many} uniform`);
  });
});

for (const output of ["log-odds", "centered-logit"] as const) {
  Deno.test(`the scores sum to the ${output} minus its base value`, async () => {
    await openBackend("wasm");
    await withNetwork(async (frozen) => {
      const [own] = await outputOf(frozen, sample, 2, output);
      const others = await outputOf(frozen, background, 2, output);
      const difference = own -
        others.reduce((a, b) => a + b, 0) / others.length;
      const draws = makeDraws(3, { classes }, 480, 1, {
        alphas: "stratified",
        backgrounds: "balanced",
      });
      const scores = await explainSample(
        frozen,
        sample,
        2,
        background,
        draws,
        64,
        output,
      );
      const sum = scores.reduce((a, b) => a + b, 0);
      const off = Math.abs(sum - difference);
      assert.ok(off < 0.1 * Math.abs(difference), `${sum}, ${difference}`);
    });
  });
}

testOnEachBackend("a draw counts by its weight", async () => {
  await withNetwork(async (frozen) => {
    const scoresOf = (draws: { alpha: number; weight: number }[]) =>
      explainSample(
        frozen,
        sample,
        1,
        background,
        draws.map((draw) => ({ row: 2, ...draw })),
        8,
      );
    const one = await scoresOf([{ alpha: 0.3, weight: 1 }]);
    const other = await scoresOf([{ alpha: 0.7, weight: 1 }]);
    const both = await scoresOf([
      { alpha: 0.3, weight: 0.5 },
      { alpha: 0.7, weight: 3 },
    ]);
    const expected = one.map((score, gene) =>
      (0.5 * score + 3 * other[gene]) / 2
    );
    assert.ok(relativeDifference(both, expected) < 1e-6);
  });
});
