/** The model's files as others read them: tests/fixtures/cnn/saved_model. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { disposeFrozen, freeze } from "../../lib/cnn/inference_pass.ts";
import { readModel } from "../../lib/cnn/keras_model.ts";
import { buildNetwork, disposeNetwork } from "../../lib/cnn/network.ts";
import { predictLogits } from "../../lib/cnn/predict.ts";
import { softmax } from "../../lib/cnn/softmax.ts";
import { testOnEachBackend } from "../backend/support.ts";
import {
  fixtureSamples,
  readFixture,
  saveFixtureModel,
} from "./fixture_network.ts";
import { relativeDifference } from "./small_network.ts";

interface NumpyFixture {
  readonly rows: number;
  readonly seed: number;
  readonly predictions: number[];
}

const saved = fileURLToPath(
  new URL("../fixtures/cnn/saved_model", import.meta.url),
);

Deno.test("the model is saved in the bytes that NumPy was given", async () => {
  const folder = await Deno.makeTempDir();
  await saveFixtureModel(folder);
  for (const file of ["model.json", "weights.bin"]) {
    assert.deepEqual(
      await Deno.readFile(`${folder}/${file}`),
      await Deno.readFile(`${saved}/${file}`),
      `${file} changed: run save_small_model.ts and predict_saved_model.py`,
    );
  }
  await Deno.remove(folder, { recursive: true });
});

testOnEachBackend(
  "NumPy predicts from the model's bytes what we do",
  async () => {
    const numpy = await readFixture<NumpyFixture>("cnn/saved_model.json");
    const { architecture, weights } = await readModel(
      `${saved}/model.json`,
      `${saved}/weights.bin`,
    );
    const network = buildNetwork(architecture, weights);
    const frozen = freeze(network);
    const { expression } = fixtureSamples(numpy.rows, numpy.seed);
    const logits = await predictLogits(frozen, expression, numpy.rows, 2);
    const difference = relativeDifference(
      softmax(logits, architecture.tissues),
      numpy.predictions,
    );
    // float32 through five layers against float64.
    assert.ok(difference < 1e-4, `differs by ${difference}`);
    disposeFrozen(frozen);
    disposeNetwork(network);
  },
);
