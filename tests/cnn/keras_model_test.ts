import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { openBackend } from "../../lib/backend/open.ts";
import {
  type Architecture,
  describeNetwork,
} from "../../lib/cnn/architecture.ts";
import { readModel, saveModel } from "../../lib/cnn/keras_model.ts";
import { buildNetwork, declaredWeights } from "../../lib/cnn/network.ts";
import { InputError } from "../../lib/cli/errors.ts";
import {
  architecture,
  asLayersModel,
  drawnWeights,
  oneBlock,
} from "./small_network.ts";
import { studyNetwork } from "./study_network.ts";

const TISSUES = ["a", "b", "c"];
const SETTINGS = { dropout: 0.2, momentum: 0.99 };

/** All of an architecture but its functions. */
function shapesOf({ layers, ...sizes }: Architecture) {
  const shapes = layers.map(({ name, inputShape, outputShape, weights }) => ({
    name,
    inputShape,
    outputShape,
    weights,
  }));
  return { ...sizes, layers: shapes };
}

Deno.test("a saved model is read back as it was", async () => {
  const folder = await Deno.makeTempDir();
  const weights = drawnWeights(3);
  await saveModel(folder, architecture, weights, SETTINGS, TISSUES);
  const model = await readModel(
    `${folder}/model.json`,
    `${folder}/weights.bin`,
  );
  assert.deepEqual(shapesOf(model.architecture), shapesOf(architecture));
  assert.deepEqual(model.weights, weights);
  assert.deepEqual(model.metadata, {
    genes: 45,
    blocks: 4,
    width: 0.1,
    hidden: 512,
    tissues: TISSUES,
  });

  await Deno.truncate(`${folder}/weights.bin`, 100);
  await assert.rejects(
    readModel(`${folder}/model.json`, `${folder}/weights.bin`),
    (error: unknown) =>
      error instanceof InputError && /has 100 bytes/.test(error.message),
  );
  await Deno.remove(folder, { recursive: true });
});

Deno.test("tf.loadLayersModel takes the model, with the study's layers", async () => {
  await openBackend("cpu");
  const network = buildNetwork(architecture, drawnWeights(3));
  const model = await asLayersModel(network);
  assert.deepEqual(model.inputs[0].shape, [null, 7, 7, 1]);
  assert.deepEqual(model.outputs[0].shape, [null, 3]);
  assert.deepEqual(model.layers.map((layer) => layer.getClassName()), [
    ...["Conv2D", "BatchNormalization", "Activation"],
    ...["Conv2D", "BatchNormalization", "Activation", "MaxPooling2D"],
    ...["Conv2D", "BatchNormalization", "Activation"],
    ...["Conv2D", "BatchNormalization", "Activation", "MaxPooling2D"],
    ...["Flatten", "Dropout", "Dense", "BatchNormalization", "Activation"],
    ...["Dropout", "Dense"],
  ]);
  const sums = tf.sum(model.predict(tf.ones([2, 7, 7, 1])) as tf.Tensor, 1);
  for (const sum of await sums.data()) assert.ok(Math.abs(sum - 1) < 1e-6);
});

Deno.test("with fewer blocks the model has the layers of the first", async () => {
  await openBackend("cpu");
  const network = buildNetwork(oneBlock, drawnWeights(3, oneBlock));
  const model = await asLayersModel(network);
  assert.deepEqual(model.layers.map((layer) => layer.getClassName()), [
    ...["Conv2D", "BatchNormalization", "Activation"],
    ...["Flatten", "Dropout", "Dense", "BatchNormalization", "Activation"],
    ...["Dropout", "Dense"],
  ]);
  const names = declaredWeights(describeNetwork({ ...oneBlock, blocks: 3 }))
    .map(({ name }) => name.split(/\/|_norm/)[0]);
  assert.deepEqual([...new Set(names)], [
    ...["conv1", "conv2", "conv3", "hidden", "output"],
  ]);
});

Deno.test("the study's own size has the study's shapes", () => {
  const study = studyNetwork(21_111, 11, 1);
  assert.equal(study.side, 146);
  assert.deepEqual(
    study.layers.map(({ outputShape }) => outputShape),
    [
      [146, 146, 32],
      [73, 73, 64],
      [73, 73, 128],
      [36, 36, 256],
      [331_776],
      [331_776],
      [512],
      [512],
      [11],
    ],
  );
  const shapes = new Map(
    declaredWeights(study).map(({ name, shape }) => [name, shape]),
  );
  assert.deepEqual(shapes.get("conv4/kernel"), [3, 3, 128, 256]);
  assert.deepEqual(shapes.get("hidden/kernel"), [331_776, 512]);
});

Deno.test("weights of another network are refused by name", () => {
  const others = drawnWeights(3).slice(1);
  assert.throws(
    () => buildNetwork(architecture, others),
    /conv1_norm\/gamma \[3\] where conv1\/kernel \[3,3,1,3\] should be/,
  );
});
