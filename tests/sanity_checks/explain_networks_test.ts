import assert from "node:assert/strict";
import { openBackend } from "../../lib/backend/open.ts";
import { explainMedians } from "../../lib/sanity_checks/explain_networks.ts";
import { ExplainPool } from "../../lib/shap/explain_pool.ts";
import {
  architecture,
  drawnSamples,
  drawnWeights,
} from "../cnn/small_network.ts";

const train = drawnSamples(12);
const { genes } = architecture;
const explained = drawnSamples(3, 9);
const samples = [0, 1, 2].map((row) => ({
  sampleId: `s${row}`,
  tissue: row < 2 ? "leaf" : "root",
  expression: explained.expression.slice(row * genes, (row + 1) * genes),
  explainedClass: row < 2 ? 0 : 1,
}));

async function explain(geneColumns: Uint32Array, seeds = [1, 2, 3]) {
  await openBackend("wasm");
  await using pool = await ExplainPool.open({
    backend: "wasm",
    background: train.expression,
    classes: train.classes,
    rules: { alphas: "stratified", backgrounds: "balanced" },
    output: "probability",
    threads: 1,
    samples: samples.length,
  });
  let calls = 0;
  const medians = await explainMedians(
    pool,
    { size: architecture, weights: drawnWeights(1) },
    { samples, tissues: ["leaf", "root", "seed"], geneColumns },
    seeds,
    4,
    () => calls++,
  );
  assert.equal(calls, samples.length);
  return medians;
}

const all = Uint32Array.from({ length: genes }, (_, gene) => gene);

Deno.test("decoys have no part in what is compared", async () => {
  const whole = await explain(all);
  const columns = all.filter((column) => column % 5 !== 2);
  const real = await explain(columns);
  assert.deepEqual(real.map(({ tissue, samples }) => [tissue, samples]), [
    ["leaf", 2],
    ["root", 1],
  ]);
  real.forEach(({ medians }, index) => {
    assert.deepEqual(
      [...medians],
      Array.from(columns, (column) => whole[index].medians[column]),
    );
    assert.ok(medians.some((median) => median !== 0));
  });
});

Deno.test("the draws are those of the seeds", async () => {
  const once = await explain(all);
  assert.deepEqual(await explain(all), once);
  const [leaf, root] = await explain(all, [1, 2, 4]);
  assert.deepEqual(leaf, once[0]);
  assert.notDeepEqual(root, once[1]);
});
