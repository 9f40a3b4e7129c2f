import assert from "node:assert/strict";
import { openBackend } from "../../lib/backend/open.ts";
import {
  disposeFrozen,
  freeze,
  type FrozenNetwork,
} from "../../lib/cnn/inference_pass.ts";
import { disposeNetwork } from "../../lib/cnn/network.ts";
import {
  BackgroundControl,
  columnMeans,
} from "../../lib/shap/background_control.ts";
import type { DrawRules } from "../../lib/shap/draws.ts";
import { blockGradientSums } from "../../lib/shap/expected_gradients.ts";
import {
  architecture,
  drawnSamples,
  smallNetwork,
} from "../cnn/small_network.ts";
import { defaultRules, makeDraws, shapRules } from "./made_draws.ts";

const { genes } = architecture;
const { expression: background, classes } = drawnSamples(12, 8);
const sample = drawnSamples(1, 9).expression;
const means = columnMeans(background, classes.length);

Deno.test("means of columns are taken in float64", () => {
  const values = Float32Array.of(1, 2, 1 + 2 ** -23, 5);
  assert.deepEqual([...columnMeans(values, 2)], [1 + 2 ** -24, 3.5]);
});

Deno.test("with the same slopes everywhere the scores are exact", () => {
  // Two columns, three blocks of two draws; phi = (x - mean b) * slope.
  const rows = [[1, 0], [2, 5], [4, 1], [1, 1], [0, 3], [7, 2]];
  const slopes = Float32Array.of(0.5, -2);
  const [x, all] = [[3, 4], Float64Array.of(2, 1.5)];
  const sums = new Float64Array(6);
  const control = new BackgroundControl(3, 2);
  rows.forEach((row, draw) => {
    const block = draw % 3;
    control.add(block, Float32Array.from(row), slopes, 1);
    slopes.forEach((slope, column) =>
      sums[2 * block + column] += (x[column] - row[column]) * slope
    );
  });
  control.correct(sums, all, 6);
  for (let block = 0; block < 3; block++) {
    assert.deepEqual(
      [...sums.subarray(2 * block, 2 * block + 2)].map((sum) => sum / 2),
      [0.5, -5],
    );
  }
});

Deno.test("a single block stays as it is", () => {
  const control = new BackgroundControl(1, 1);
  control.add(0, Float32Array.of(9), Float32Array.of(2), 1);
  const sums = Float64Array.of(3);
  control.correct(sums, Float64Array.of(1), 1);
  assert.deepEqual([...sums], [3]);
});

/** Each gene's scores of some explanations, with and without correction. */
async function explainAgain(
  frozen: FrozenNetwork,
  rules: DrawRules,
  times: number,
) {
  const explain = async (seed: number, means?: Float64Array) => {
    const sums = await blockGradientSums(
      frozen,
      sample,
      1,
      background,
      makeDraws(seed, { classes }, 20, 10, rules),
      10,
      64,
      "centered-logit",
      means,
    );
    return Float64Array.from(
      { length: genes },
      (_, gene) =>
        sums.reduce((sum, own, at) => at % genes === gene ? sum + own : sum, 0),
    ).map((sum) => sum / 20);
  };
  const plain: Float64Array[] = [];
  const controlled: Float64Array[] = [];
  for (let seed = 1; seed <= times; seed++) {
    plain.push(await explain(seed));
    controlled.push(await explain(seed, means));
  }
  return { plain, controlled };
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

for (
  const rules of [shapRules, { ...defaultRules, alphas: "stratified" }] as const
) {
  Deno.test(`scores of ${rules.backgrounds} backgrounds become more exact and not biased`, async () => {
    await openBackend("wasm");
    const network = smallNetwork();
    const frozen = freeze(network);
    const times = 200;
    const { plain, controlled } = await explainAgain(frozen, rules, times);
    disposeFrozen(frozen);
    disposeNetwork(network);
    const varianceOf = (values: readonly number[]) =>
      mean(values.map((value) => (value - mean(values)) ** 2));
    let squares = 0;
    let [before, after] = [0, 0];
    for (let gene = 0; gene < genes; gene++) {
      const own = controlled.map((scores) => scores[gene]);
      const changes = own.map((score, time) => score - plain[time][gene]);
      const error = Math.sqrt(varianceOf(changes) / times);
      const off = mean(changes) / error;
      // What is added has mean 0: one in 15,000 by chance, of 45 genes.
      assert.ok(Math.abs(off) < 4, `gene ${gene}: ${off} standard errors`);
      squares += off * off / genes;
      before += varianceOf(plain.map((scores) => scores[gene]));
      after += varianceOf(own);
    }
    // Genes' errors depend on each other, so this mean is a rough one.
    assert.ok(squares < 2.5, `${squares}`);
    // Slopes of this network change much on the way, so it gains little.
    assert.ok(after < 0.97 * before, `variance ${after} of ${before}`);
  });
}
