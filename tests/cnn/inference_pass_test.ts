import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { openBackend } from "../../lib/backend/open.ts";
import {
  type Architecture,
  describeNetwork,
} from "../../lib/cnn/architecture.ts";
import {
  disposeFrozen,
  forwardInInference,
  freeze,
  imageGradient,
} from "../../lib/cnn/inference_pass.ts";
import { disposeNetwork } from "../../lib/cnn/network.ts";
import { softmax } from "../../lib/cnn/softmax.ts";
import { takeBatch } from "../../lib/cnn/training.ts";
import { testOnEachBackend } from "../backend/support.ts";
import {
  architecture as small,
  asLayersModel,
  drawnSamples,
  relativeDifference,
  smallNetwork,
} from "./small_network.ts";

const ROWS = Int32Array.from({ length: 5 }, (_, row) => row);
const SAMPLES = drawnSamples(5);

// Both sides compute in float32 in another order of summation.
const TOLERANCE = 1e-4;

/** Probabilities and d p_1 / d image, by tf.layers on the cpu backend. */
async function reference(architecture: Architecture) {
  await openBackend("cpu");
  const network = smallNetwork(1, architecture);
  const model = await asLayersModel(network);
  const { images } = takeBatch(SAMPLES, ROWS, architecture);
  const output = model.predict(images) as tf.Tensor2D;
  const gradient = tf.grad((x) =>
    tf.slice(model.predict(x) as tf.Tensor2D, [0, 1], [5, 1])
  )(images);
  return {
    probabilities: await output.data<"float32">(),
    gradient: await gradient.data<"float32">(),
  };
}

for (const blocks of [1, 2, 3, 4]) {
  const architecture = describeNetwork({ ...small, blocks });
  const expected = await reference(architecture);

  testOnEachBackend(
    `${blocks} blocks: predictions and image gradient equal tf.layers'`,
    async () => {
      const network = smallNetwork(1, architecture);
      const { images } = takeBatch(SAMPLES, ROWS, architecture);
      const frozen = freeze(network);
      const before = tf.memory().numTensors;

      const pass = forwardInInference(frozen, images, true);
      const probabilities = softmax(await pass.logits.data<"float32">(), 3);
      assert.ok(
        relativeDifference(probabilities, expected.probabilities) < TOLERANCE,
      );

      // d p_1 / d logits, one row a sample.
      const slopes = probabilities.map((p, index) =>
        probabilities[index - index % 3 + 1] * ((index % 3 === 1 ? 1 : 0) - p)
      );
      const logitsGradient = tf.tensor2d([...slopes], [5, 3]);
      const gradient = imageGradient(pass, logitsGradient);
      assert.deepEqual(gradient.shape, [5, 7, 7, 1]);
      const difference = relativeDifference(
        await gradient.data(),
        expected.gradient,
      );
      assert.ok(difference < TOLERANCE, `differs by ${difference}`);

      tf.dispose([logitsGradient, gradient]);
      assert.equal(tf.memory().numTensors, before, "the pass leaks tensors");
      disposeFrozen(frozen);
      disposeNetwork(network);
      images.dispose();
    },
  );

  testOnEachBackend(
    `${blocks} blocks: a forward pass that keeps nothing frees all but its logits`,
    () => {
      const network = smallNetwork(1, architecture);
      const frozen = freeze(network);
      const { images } = takeBatch(SAMPLES, ROWS, architecture);
      const before = tf.memory().numTensors;
      const { logits } = forwardInInference(frozen, images);
      assert.equal(tf.memory().numTensors, before + 1);
      tf.dispose([logits, images]);
      disposeFrozen(frozen);
      disposeNetwork(network);
    },
  );
}
