import assert from "node:assert/strict";
import { openBackend } from "../../lib/backend/open.ts";
import {
  CASCADE,
  type CascadeStep,
  reinitializedWeights,
  reinitializeLayers,
} from "../../lib/sanity_checks/cascading_randomization.ts";
import { freeze } from "../../lib/cnn/inference_pass.ts";
import {
  buildNetwork,
  declaredWeights,
  initialWeights,
  type WeightValues,
} from "../../lib/cnn/network.ts";
import { predictLogits } from "../../lib/cnn/predict.ts";
import { RandomStream } from "../../lib/random.ts";
import {
  architecture,
  drawnSamples,
  drawnWeights,
  oneBlock,
} from "../cnn/small_network.ts";

const samples = drawnSamples(24);
const trained = drawnWeights(1);

async function draw(
  step: CascadeStep,
  seed = 7,
  batch = 8,
): Promise<WeightValues[]> {
  await openBackend("wasm");
  return await reinitializeLayers(architecture, trained, step, seed, {
    samples,
    batch,
    stream: new RandomStream(3),
  });
}

/** The layers, such as `conv1`, any of whose tensors differ. */
function changedLayers(weights: readonly WeightValues[]): string[] {
  const changed = weights.filter(({ values }, index) =>
    values.some((value, i) => value !== trained[index].values[i])
  );
  return [...new Set(changed.map(({ name }) => name.split(/\/|_norm/)[0]))];
}

Deno.test("each step re-initializes its layers and no other", async () => {
  assert.deepEqual(changedLayers(await draw("output_layer")), ["output"]);
  assert.deepEqual(changedLayers(await draw("dense_layers")), [
    "hidden",
    "output",
  ]);
  assert.deepEqual(changedLayers(await draw("all_layers")), [
    ...["conv1", "conv2", "conv3", "conv4", "hidden", "output"],
  ]);
});

Deno.test("the cascade is that of the layers there are", () => {
  const layers = (step: CascadeStep) => {
    const isNew = reinitializedWeights(oneBlock, step);
    const names = declaredWeights(oneBlock).filter((_, index) => isNew[index])
      .map(({ name }) => name.split(/\/|_norm/)[0]);
    return [...new Set(names)];
  };
  assert.deepEqual(CASCADE.map(layers), [
    ["output"],
    ["hidden", "output"],
    ["conv1", "hidden", "output"],
  ]);
});

Deno.test("re-initialized weights are those before training", async () => {
  const start = [...initialWeights(architecture, 7)];
  for (const step of CASCADE) {
    const isNew = reinitializedWeights(architecture, step);
    (await draw(step)).forEach(({ name, shape, values }, index) => {
      assert.equal(name, trained[index].name);
      assert.deepEqual(shape, trained[index].shape);
      // The statistics are recomputed on the samples instead.
      if (!isNew[index] || name.includes("/moving_")) return;
      assert.deepEqual(values, start[index].values, `${step} ${name}`);
    });
  }
});

Deno.test("the same seed gives the same bytes, another seed others", async () => {
  const once = await draw("all_layers");
  assert.deepEqual(await draw("all_layers"), once);
  const kernel = (weights: WeightValues[]) => weights[0].values;
  assert.notDeepEqual(kernel(await draw("all_layers", 8)), kernel(once));
});

Deno.test("re-initialized layers are normalized by their own statistics", async () => {
  // One batch, so that training and inference see the same statistics.
  const weights = await draw("all_layers", 7, 24);
  const spread = async (weights: WeightValues[]) => {
    const logits = await predictLogits(
      freeze(buildNetwork(architecture, weights)),
      samples.expression,
      24,
      24,
    );
    return Math.max(...logits) - Math.min(...logits);
  };
  // Half of a unit normal is cut off by ReLU; 512 such units times Glorot's
  // weights give logits of about unit size, far from saturation.
  const recomputed = await spread(weights);
  assert.ok(recomputed > 0.1 && recomputed < 10, `spread ${recomputed}`);
  // The old statistics belong to the old weights.
  const stale = weights.map((weight, index) =>
    weight.name.includes("/moving_") ? trained[index] : weight
  );
  assert.notEqual(await spread(stale), recomputed);
});
