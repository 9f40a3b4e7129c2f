import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { openBackend } from "../../lib/backend/open.ts";
import {
  type Architecture,
  describeNetwork,
} from "../../lib/cnn/architecture.ts";
import { disposeNetwork } from "../../lib/cnn/network.ts";
import { crossEntropy } from "../../lib/cnn/softmax.ts";
import { takeBatch } from "../../lib/cnn/training.ts";
import { forwardInTraining } from "../../lib/cnn/training_pass.ts";
import { testOnEachBackend } from "../backend/support.ts";
import {
  architecture as small,
  asLayersModel,
  collectGradients,
  drawnSamples,
  relativeDifference,
  smallNetwork,
} from "./small_network.ts";

// Both sides compute in float32, in another order of summation, through
// twelve layers: a relative error of about sqrt(depth * terms) * 6e-8.
const TOLERANCE = 2e-4;

const samples = drawnSamples(6);
const rows = Int32Array.from({ length: 6 }, (_, row) => row);

/** Loss and gradients by tf.layers on the cpu backend. */
async function reference(architecture: Architecture) {
  await openBackend("cpu");
  const model = await asLayersModel(smallNetwork(1, architecture));
  const { images, classes } = takeBatch(samples, rows, architecture);
  const oneHot = tf.oneHot(tf.tensor1d(classes, "int32"), 3);
  const { value, grads } = tf.variableGrads(() =>
    tf.tidy(() => {
      const output = model.apply(images, { training: true }) as tf.Tensor;
      return tf.neg(
        tf.mean(tf.sum(tf.mul(oneHot, tf.log(output)), 1)),
      ) as tf.Scalar;
    })
  );
  const gradients = new Map<string, Float32Array>();
  for (const weight of model.trainableWeights) {
    // @ts-ignore: `val` is the variable behind a layer's weight
    const gradient = grads[weight.val.name];
    gradients.set(
      weight.originalName,
      await gradient.data() as Float32Array,
    );
  }
  return { loss: (await value.data())[0], gradients };
}

for (const blocks of [1, 2, 3, 4]) {
  const architecture = describeNetwork({ ...small, blocks });
  const expected = await reference(architecture);

  testOnEachBackend(
    `${blocks} blocks: every gradient equals tf.layers'`,
    async () => {
      const network = smallNetwork(1, architecture);
      const { images, classes } = takeBatch(samples, rows, architecture);
      const before = tf.memory().numTensors;
      const pass = forwardInTraining(network, images);
      const { lossSum, gradient } = crossEntropy(
        await pass.logits.data(),
        classes,
        architecture.tissues,
      );
      const logitsGradient = tf.tensor2d(gradient, [6, 3]);
      const copies = collectGradients(network, pass, logitsGradient);
      logitsGradient.dispose();
      assert.equal(
        tf.memory().numTensors,
        before + copies.size,
        "the pass leaks tensors",
      );

      assert.ok(Math.abs(lossSum / 6 - expected.loss) < 1e-5);
      assert.equal(copies.size, expected.gradients.size);
      assert.equal(copies.size, 3 * blocks + 3 + 2);
      for (const [name, gradient] of expected.gradients) {
        const found = await copies.get(name)!.data<"float32">();
        const difference = relativeDifference(found, gradient);
        assert.ok(difference < TOLERANCE, `${name} differs by ${difference}`);
      }
      tf.dispose([images, ...copies.values()]);
      disposeNetwork(network);
    },
  );
}
