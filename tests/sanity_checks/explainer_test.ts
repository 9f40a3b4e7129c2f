import assert from "node:assert/strict";
import { openBackend } from "../../lib/backend/open.ts";
import { openExplainer } from "../../lib/sanity_checks/explainer.ts";
import { RunError } from "../../lib/cli/errors.ts";
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

async function explain(
  geneColumns: Uint32Array,
  seeds = [1, 2, 3],
  weights = drawnWeights(1),
) {
  await openBackend("wasm");
  let told = 0;
  const explainer = await openExplainer({
    backend: "wasm",
    architecture,
    materials: {
      train,
      samples,
      tissues: ["leaf", "root", "seed"],
      geneColumns,
      drawRules: { alphas: "stratified", backgrounds: "balanced" },
    },
    draws: 4,
    threads: 1,
  });
  // Another network first: no result depends on what went before.
  await explainer.explain(drawnWeights(2), seeds, () => {});
  const medians = await explainer.explain(weights, seeds, () => told++);
  await explainer.close();
  assert.equal(told, samples.length);
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

Deno.test("every network has scores of its own", async () => {
  const [one, two] = [
    await explain(all),
    await explain(all, [1, 2, 3], drawnWeights(3)),
  ];
  assert.notDeepEqual(two[0].medians, one[0].medians);
});

Deno.test("scores that are not finite are refused", async () => {
  const weights = drawnWeights(1);
  weights[0].values.fill(NaN);
  await assert.rejects(
    explain(all, [1, 2, 3], weights),
    (error) =>
      error instanceof RunError && /sample s0: .* finite/.test(error.message),
  );
});
