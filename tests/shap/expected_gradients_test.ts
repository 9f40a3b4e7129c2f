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
import { softmax } from "../../lib/cnn/softmax.ts";
import { RandomStream } from "../../lib/run/random.ts";
import {
  type AlphaDraws,
  drawPlaces,
  explainSample,
} from "../../lib/shap/expected_gradients.ts";
import { testOnEachBackend } from "../backend/support.ts";
import {
  drawnSamples,
  relativeDifference,
  smallNetwork,
} from "../cnn/small_network.ts";

const GENES = 45;
const background = { expression: drawnSamples(12, 8).expression, samples: 12 };
const sample = drawnSamples(1, 9).expression;

async function probability(
  frozen: FrozenNetwork,
  expression: Float32Array,
  tissue: number,
): Promise<number[]> {
  const rows = expression.length / GENES;
  const logits = await predictLogits(frozen, expression, rows, 16);
  return [...softmax(logits, 3)].filter((_, at) => at % 3 === tissue);
}

async function withNetwork(use: (frozen: FrozenNetwork) => Promise<void>) {
  const network = smallNetwork();
  const frozen = freeze(network);
  await use(frozen);
  disposeFrozen(frozen);
  disposeNetwork(network);
}

testOnEachBackend(
  "one draw equals the slope by central differences",
  async () => {
    await withNetwork(async (frozen) => {
      const draws = [{ row: 3, alpha: 0.4 }];
      const scores = await explainSample(
        frozen,
        sample,
        2,
        background,
        draws,
        1,
      );
      const base = background.expression.subarray(3 * GENES, 4 * GENES);
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
      const outputs = await probability(frozen, moved, 2);
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

testOnEachBackend(
  "scores do not depend on the batch, and leave no tensor behind",
  async () => {
    await withNetwork(async (frozen) => {
      const draws = drawPlaces(new RandomStream(4), 12, 10, "random");
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

Deno.test("the scores sum to output minus expected, within their error", async () => {
  // Hundreds of passes, so on the quick backend alone.
  await openBackend("wasm");
  await withNetwork(async (frozen) => {
    const [output] = await probability(frozen, sample, 2);
    const others = await probability(frozen, background.expression, 2);
    const expected = others.reduce((a, b) => a + b, 0) / others.length;
    const gapOf = async (seed: number, count: number, alphas: AlphaDraws) => {
      const stream = new RandomStream(seed);
      const draws = drawPlaces(stream, 12, count, alphas);
      const scores = await explainSample(
        frozen,
        sample,
        2,
        background,
        draws,
        64,
      );
      return output - expected - scores.reduce((a, b) => a + b, 0);
    };
    const spread = async (count: number, alphas: AlphaDraws) => {
      let squares = 0;
      for (let seed = 1; seed <= 12; seed++) {
        const gap = await gapOf(seed, count, alphas);
        squares += gap * gap;
      }
      return Math.sqrt(squares / 12);
    };
    const few = await spread(8, "random");
    const many = await spread(128, "random");
    // 16 times the draws: a quarter of the gap; 12 repeats leave +-40 %.
    assert.ok(many < few / 2, `gap ${few} at 8 draws, ${many} at 128`);
    assert.ok(many < 0.05 * Math.abs(output - expected) + 0.01);
    const stratified = await spread(128, "stratified");
    assert.ok(stratified < many, `${stratified} stratified, ${many} random`);
  });
});

Deno.test("draws are even over the background and over the way", () => {
  for (const alphas of ["random", "stratified"] as const) {
    const draws = drawPlaces(new RandomStream(2), 4, 4000, alphas);
    const counts = [0, 1, 2, 3].map((row) =>
      draws.filter((draw) => draw.row === row).length
    );
    // 1,000 each, standard deviation 27.
    for (const count of counts) assert.ok(Math.abs(count - 1000) < 140);
    const mean = draws.reduce((sum, { alpha }) => sum + alpha, 0) / 4000;
    assert.ok(Math.abs(mean - 0.5) < 0.02);
    assert.ok(draws.every(({ alpha }) => alpha >= 0 && alpha < 1));
  }
});

Deno.test("stratified draws lie one in each part of the way", () => {
  const draws = drawPlaces(new RandomStream(2), 4, 25, "stratified");
  assert.deepEqual(
    draws.map(({ alpha }) => Math.floor(25 * alpha)),
    Array.from({ length: 25 }, (_, part) => part),
  );
});
