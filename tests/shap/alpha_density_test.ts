import assert from "node:assert/strict";
import { disposeFrozen, freeze } from "../../lib/cnn/inference_pass.ts";
import { buildNetwork, disposeNetwork } from "../../lib/cnn/network.ts";
import { predictLogits } from "../../lib/cnn/predict.ts";
import { openBackend } from "../../lib/backend/open.ts";
import { RandomStream } from "../../lib/random.ts";
import { alphaDensity, type Paths } from "../../lib/shap/alpha_density.ts";
import {
  explainedOutputs,
  outputValues,
} from "../../lib/shap/explained_output.ts";
import { testOnEachBackend } from "../backend/support.ts";
import {
  architecture,
  drawnSamples,
  drawnWeights,
  relativeDifference,
} from "../cnn/small_network.ts";

const { genes, tissues } = architecture;
// Two background samples, and one that is explained.
const from = drawnSamples(2, 8).expression;
const to = drawnSamples(1, 9).expression;

/** The density of the small network, after its weights were altered. */
async function densityOf(
  alter: (name: string, values: Float32Array) => void,
  batch = 64,
  explained: Pick<Paths, "classes" | "output"> = {},
) {
  const weights = drawnWeights(1);
  for (const { name, values } of weights) alter(name, values);
  const network = buildNetwork(architecture, weights);
  const frozen = freeze(network);
  const density = await alphaDensity(
    frozen,
    { from, to, ...explained },
    new RandomStream(1),
    batch,
  );
  // 13 points on the path from each background sample.
  const points = Float32Array.from({ length: 26 * genes }, (_, index) => {
    const gene = index % genes;
    const point = Math.floor(index / genes);
    const base = from[Math.floor(point / 13) * genes + gene];
    return base + (point % 13) / 12 * (to[gene] - base);
  });
  const outputs = outputValues(
    await predictLogits(frozen, points, 26, 64),
    tissues,
    explained.output ?? "probability",
  );
  disposeFrozen(frozen);
  disposeNetwork(network);
  return { density, outputs };
}

async function testDensity(explained: Pick<Paths, "classes" | "output">) {
  const { density, outputs } = await densityOf(() => {}, 64, explained);
  // How often the stream chose each background sample.
  const stream = new RandomStream(1);
  const times = [0, 0];
  for (let path = 0; path < 32; path++) {
    times[stream.integer(2)]++;
    stream.integer(1);
  }
  const end = [...outputs.subarray(12 * tissues, 13 * tissues)];
  const explainedClass = explained.classes?.[0] ??
    end.indexOf(Math.max(...end));
  const output = (row: number, point: number) =>
    outputs[(13 * row + point) * tissues + explainedClass];
  const slopes = Array.from(
    { length: 12 },
    (_, part) =>
      Math.sqrt(
        times.reduce((sum, count, row) =>
          sum + count * (output(row, part + 1) - output(row, part)) ** 2, 0),
      ),
  );
  const mean = slopes.reduce((sum, slope) => sum + slope, 0) / 12;
  assert.ok(mean > 0);
  const expected = slopes.map((slope) => 0.25 + 0.75 * slope / mean);
  // Differences of a softmax of float32 logits.
  assert.ok(relativeDifference(density, expected) < 1e-3);
}

testOnEachBackend(
  "the density follows the output's root mean square slope",
  async () => {
    await testDensity({});
  },
);

Deno.test("the density is that of the class and output that are explained", async () => {
  await openBackend("wasm");
  for (const output of explainedOutputs) {
    await testDensity({ output });
    for (const one of [0, 1, 2]) await testDensity({ output, classes: [one] });
  }
});

Deno.test("the density is 1 on average and bounded from below", async () => {
  const { density } = await densityOf(() => {});
  const mean = density.reduce((sum, part) => sum + part, 0) / density.length;
  assert.ok(Math.abs(mean - 1) < 1e-12);
  assert.ok(density.every((part) => part >= 0.25));
  const { density: inParts } = await densityOf(() => {}, 5);
  assert.ok(relativeDifference(inParts, density) < 1e-3);
});

Deno.test("where the output never changes, the density is uniform", async () => {
  const { density } = await densityOf((_, values) => values.fill(0));
  assert.deepEqual([...density], new Array(12).fill(1));
});

Deno.test("a diverged network has a uniform density", async () => {
  const { density } = await densityOf((_, values) => values.fill(NaN));
  assert.deepEqual([...density], new Array(12).fill(1));
});
