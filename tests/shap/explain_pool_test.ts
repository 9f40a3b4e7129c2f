import assert from "node:assert/strict";
import { openBackend } from "../../lib/backend/open.ts";
import { RunError } from "../../lib/cli/errors.ts";
import { saveModel } from "../../lib/cnn/keras_model.ts";
import type { Architecture } from "../../lib/cnn/architecture.ts";
import {
  explainingWork,
  explainingWorkers,
  ExplainPool,
} from "../../lib/shap/explain_pool.ts";
import type { NetworkToExplain } from "../../lib/shap/explain_worker.ts";
import {
  architecture,
  drawnSamples,
  drawnWeights,
} from "../cnn/small_network.ts";

const train = drawnSamples(12);
const { genes } = architecture;
const explained = drawnSamples(3, 9).expression;
const samples = [0, 1, 2].map((row) => ({
  sampleId: `s${row}`,
  expression: explained.slice(row * genes, (row + 1) * genes),
  explainedClass: row % 2,
  seed: row + 1,
}));

const inMemory = (seed: number) => ({
  size: architecture,
  weights: drawnWeights(seed),
});

/** Each network's sums, by one pool for all. */
async function explain(
  networks: readonly NetworkToExplain[],
  threads = 1,
): Promise<number[][][]> {
  await openBackend("wasm");
  await using pool = await ExplainPool.open({
    backend: "wasm",
    background: train.expression,
    classes: train.classes,
    output: "probability",
    rules: { alphas: "stratified", backgrounds: "balanced" },
    threads,
    samples: samples.length,
  });
  const all: number[][][] = [];
  for (const network of networks) {
    const sums: number[][] = [];
    await pool.explain(
      network,
      samples,
      { draws: 6, blocks: 2 },
      (blocks, index) => sums[index] = [...blocks],
    );
    all.push(sums);
  }
  return all;
}

Deno.test("no result depends on the networks before, nor on the threads", async () => {
  const [one] = await explain([inMemory(1)]);
  assert.deepEqual(
    one.map(({ length }) => length),
    [0, 1, 2].map(() => 2 * genes),
  );
  const [two, again] = await explain([inMemory(2), inMemory(1)]);
  assert.notDeepEqual(two, one);
  assert.deepEqual(again, one);
  assert.deepEqual(await explain([inMemory(2), inMemory(1)], 2), [two, one]);
});

Deno.test("little work is done in the calling process", () => {
  const options = { backend: "wasm", threads: 4, samples: 3 } as const;
  const workers = (draws: number) =>
    explainingWorkers({
      ...options,
      work: explainingWork(architecture, draws),
    });
  assert.equal(workers(1), 1);
  assert.equal(workers(1e9), 3);
  // How much it is may be unknown.
  assert.equal(explainingWorkers(options), 3);
  assert.equal(explainingWorkers({ ...options, samples: 9 }), 4);
  assert.equal(explainingWorkers({ ...options, backend: "webgpu" }), 1);
});

Deno.test("explaining counts a pass forward and one back", () => {
  const layers = [{ multiplyAdds: 5 }, {}, { multiplyAdds: 7 }];
  assert.equal(
    explainingWork({ layers } as unknown as Architecture, 10),
    2 * 10 * 12,
  );
});

Deno.test("weights of files and in memory give the same scores", async () => {
  const folder = await Deno.makeTempDir();
  await saveModel(
    folder,
    architecture,
    drawnWeights(1),
    { dropout: 0.2, momentum: 0.99 },
    ["leaf", "root", "seed"],
  );
  const saved = {
    modelPath: `${folder}/model.json`,
    weightsPath: `${folder}/weights.bin`,
  };
  assert.deepEqual(await explain([saved]), await explain([inMemory(1)]));
  await Deno.remove(folder, { recursive: true });
});

Deno.test("scores that are not finite are refused", async () => {
  const diverged = inMemory(1);
  diverged.weights[0].values.fill(NaN);
  await assert.rejects(
    explain([diverged]),
    (error) =>
      error instanceof RunError && /sample s0: .* finite/.test(error.message) &&
      error.remedy === "deno task cnn --learning-rate 0.00001",
  );
});
