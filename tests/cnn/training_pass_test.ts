import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { openBackend } from "../../lib/backend/open.ts";
import { namedWeights } from "../../lib/cnn/network.ts";
import { crossEntropy } from "../../lib/cnn/softmax.ts";
import { takeBatch } from "../../lib/cnn/training.ts";
import {
  backwardInTraining,
  forwardInTraining,
} from "../../lib/cnn/training_pass.ts";
import {
  architecture,
  asLayersModel,
  drawnSamples,
  relativeDifference,
  smallNetwork,
} from "./small_network.ts";

// Both sides compute in float32, in another order of summation, through
// twelve layers: a relative error of about sqrt(depth * terms) * 6e-8.
const TOLERANCE = 2e-4;

for (const backend of ["cpu", "wasm"] as const) {
  Deno.test(`every gradient equals tf.layers' on ${backend}`, async () => {
    const samples = drawnSamples(6);

    await openBackend("cpu");
    const reference = smallNetwork();
    const model = await asLayersModel(reference);
    const rows = Int32Array.from({ length: 6 }, (_, row) => row);
    const cpuBatch = takeBatch(samples, rows, 45, 7);
    const oneHot = tf.oneHot(tf.tensor1d(cpuBatch.classes, "int32"), 3);
    const { value, grads } = tf.variableGrads(() =>
      tf.tidy(() => {
        const output = model.apply(cpuBatch.images, {
          training: true,
        }) as tf.Tensor;
        return tf.neg(
          tf.mean(tf.sum(tf.mul(oneHot, tf.log(output)), 1)),
        ) as tf.Scalar;
      })
    );
    const expectedLoss = (await value.data())[0];
    const expected = new Map<string, Float32Array>();
    for (const weight of model.trainableWeights) {
      // @ts-ignore: `val` is the variable behind a layer's weight
      const gradient = grads[weight.val.name];
      expected.set(weight.originalName, await gradient.data() as Float32Array);
    }

    await openBackend(backend);
    const network = smallNetwork();
    const { images, classes } = takeBatch(samples, rows, 45, 7);
    const before = tf.memory().numTensors;
    const pass = forwardInTraining(network, images);
    const { lossSum, gradient } = crossEntropy(
      await pass.logits.data(),
      classes,
      architecture.tissues,
    );
    const logitsGradient = tf.tensor2d(gradient, [6, 3]);
    const names = new Map(
      namedWeights(network).map(({ name, variable }) => [variable.id, name]),
    );
    const found = new Map<string, Promise<Float32Array>>();
    backwardInTraining(network, pass, logitsGradient, (variable, gradient) => {
      found.set(
        names.get(variable.id)!,
        gradient.data().then((data) => (data as Float32Array).slice()),
      );
    });
    logitsGradient.dispose();
    assert.equal(tf.memory().numTensors, before, "the pass leaks tensors");

    assert.ok(Math.abs(lossSum / 6 - expectedLoss) < 1e-5);
    assert.equal(found.size, expected.size);
    assert.equal(found.size, 4 * 3 + 3 + 2);
    for (const [name, gradient] of expected) {
      const difference = relativeDifference(await found.get(name)!, gradient);
      assert.ok(difference < TOLERANCE, `${name} differs by ${difference}`);
    }
  });
}
