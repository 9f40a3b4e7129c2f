/** A layer kind that no file of the project knows takes part in everything. */

import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { openBackend } from "../../lib/backend/open.ts";
import {
  type Architecture,
  connectLayers,
  countWeights,
  STUDY_SIZES,
} from "../../lib/cnn/architecture.ts";
import {
  disposeFrozen,
  forwardInInference,
  freeze,
  imageGradient,
} from "../../lib/cnn/inference_pass.ts";
import { modelTopology } from "../../lib/cnn/keras_model.ts";
import { convBlock } from "../../lib/cnn/layers/conv_block.ts";
import { denseBlock } from "../../lib/cnn/layers/dense_block.ts";
import { dropout } from "../../lib/cnn/layers/dropout.ts";
import { flatten } from "../../lib/cnn/layers/flatten.ts";
import { output } from "../../lib/cnn/layers/output.ts";
import {
  explanationBytes,
  trainingBytes,
} from "../../lib/cnn/memory_estimate.ts";
import {
  buildNetwork,
  declaredWeights,
  disposeNetwork,
  initialWeights,
  namedWeights,
  type Network,
  readWeights,
  trainedVariables,
} from "../../lib/cnn/network.ts";
import { Rmsprop } from "../../lib/cnn/optimizer.ts";
import { recomputeBatchNorm } from "../../lib/cnn/precise_batch_norm.ts";
import { predictLogits } from "../../lib/cnn/predict.ts";
import { crossEntropy } from "../../lib/cnn/softmax.ts";
import {
  takeBatch,
  trainEpochs,
  trainOnBatch,
} from "../../lib/cnn/training.ts";
import { disposePass, forwardInTraining } from "../../lib/cnn/training_pass.ts";
import { RandomStream } from "../../lib/random.ts";
import {
  type CascadeStep,
  reinitializedWeights,
} from "../../lib/sanity_checks/cascading_randomization.ts";
import { testOnEachBackend } from "../backend/support.ts";
import { bend } from "./fixture_layer.ts";
import { peakBytes } from "./peak_bytes.ts";
import {
  collectGradients,
  drawnSamples,
  quickSettings,
  relativeDifference,
} from "./small_network.ts";

/** The made-up layer behind a convolution, a pool and a dense layer. */
function bentNetwork(genes: number, width: number): Architecture {
  return connectLayers({ ...STUDY_SIZES, genes, tissues: 3, width }, [
    convBlock({ name: "conv1", filters: 4 * width }),
    bend("bend1"),
    convBlock({ name: "conv2", filters: 6 * width, pool: true }),
    bend("bend2"),
    flatten(),
    dropout("flatten_dropout"),
    denseBlock({ name: "hidden", units: 16 }),
    bend("bend3"),
    output(),
  ]);
}

const ARCHITECTURE = bentNetwork(45, 1);
const ROWS = 8;
const SAMPLES = drawnSamples(ROWS);

// float32 sums over a step of 0.001: five digits of a difference are left, and
// in a few values a ReLU or a pool changes sides.
const STEP = 1e-3;
const TOLERANCE = 0.01;

function build(architecture = ARCHITECTURE): Network {
  return buildNetwork(architecture, initialWeights(architecture, 3));
}

function takeImages(): tf.Tensor4D {
  const rows = Int32Array.from({ length: ROWS }, (_, row) => row);
  return takeBatch(SAMPLES, rows, ARCHITECTURE).images;
}

/** A direction of length 1 that no entry of the gradient is absent from. */
function drawDirection(gradient: Float32Array, stream: RandomStream) {
  const drawn = gradient.map((slope) => slope * (0.5 + stream.uniform()));
  const length = Math.hypot(...drawn);
  return drawn.map((value) => value / length);
}

function assertSlope(
  slope: number,
  gradient: Float32Array,
  direction: Float32Array,
  name: string,
): void {
  const expected = gradient.reduce((sum, g, i) => sum + g * direction[i], 0);
  const difference = Math.abs(slope / expected - 1);
  // The negation catches NaN.
  assert.ok(!(difference >= TOLERANCE), `${name}: ${slope}, not ${expected}`);
}

/** Mean loss of the samples in training mode. */
async function forward(network: Network, images: tf.Tensor4D) {
  const pass = forwardInTraining(network, images);
  const logits = await pass.logits.data<"float32">();
  const { lossSum, gradient } = crossEntropy(logits, SAMPLES.classes, 3);
  return { pass, loss: lossSum / ROWS, gradient };
}

function assign(variable: tf.Variable, values: Float32Array): void {
  const given = tf.tensor(values, variable.shape);
  variable.assign(given);
  given.dispose();
}

testOnEachBackend(
  "every weight's gradient equals central differences",
  async () => {
    const network = build();
    const images = takeImages();
    const before = tf.memory().numTensors;
    const { pass, gradient } = await forward(network, images);
    const logitsGradient = tf.tensor2d(gradient, [ROWS, 3]);
    const gradients = collectGradients(network, pass, logitsGradient);
    logitsGradient.dispose();
    assert.equal(
      tf.memory().numTensors,
      before + gradients.size,
      "the pass leaks tensors",
    );

    assert.equal(gradients.size, trainedVariables(network).length);
    const stream = new RandomStream(9);
    for (const { name, variable } of namedWeights(network)) {
      if (!gradients.has(name)) continue;
      const found = await gradients.get(name)!.data<"float32">();
      const direction = drawDirection(found, stream);
      const start = (await variable.data<"float32">()).slice();
      const losses: number[] = [];
      for (const step of [STEP, -STEP]) {
        assign(variable, start.map((value, i) => value + step * direction[i]));
        const { pass, loss } = await forward(network, images);
        losses.push(loss);
        disposePass(pass);
      }
      assign(variable, start);
      const slope = (losses[0] - losses[1]) / (2 * STEP);
      assertSlope(slope, found, direction, name);
    }
    tf.dispose([images, ...gradients.values()]);
    disposeNetwork(network);
    assert.equal(
      tf.memory().numTensors,
      before - namedWeights(network).length - 1,
      "a pass without a way back leaks tensors",
    );
  },
);

testOnEachBackend(
  "the image's gradient equals central differences",
  async () => {
    const network = build();
    const images = takeImages();
    const frozen = freeze(network);
    const before = tf.memory().numTensors;
    const weights = tf.tensor2d(
      Array.from({ length: ROWS * 3 }, (_, index) => Math.cos(index)),
      [ROWS, 3],
    );
    const pass = forwardInInference(frozen, images, true);
    const gradient = imageGradient(pass, weights);
    const found = await gradient.data<"float32">();
    gradient.dispose();
    assert.equal(tf.memory().numTensors, before + 1, "the pass leaks tensors");

    const direction = drawDirection(found, new RandomStream(9));
    const pixels = await images.data<"float32">();
    const values: number[] = [];
    for (const step of [STEP, -STEP]) {
      const moved = tf.tensor4d(
        pixels.map((value, i) => value + step * direction[i]),
        images.shape,
      );
      const { logits } = forwardInInference(frozen, moved);
      const given = await logits.data<"float32">();
      values.push(
        given.reduce((sum, logit, i) => sum + logit * Math.cos(i), 0),
      );
      tf.dispose([moved, logits]);
    }
    const slope = (values[0] - values[1]) / (2 * STEP);
    assertSlope(slope, found, direction, "the image");
    tf.dispose([images, weights]);
    assert.equal(tf.memory().numTensors, before - 1, "a pass leaks tensors");
    disposeFrozen(frozen);
    disposeNetwork(network);
  },
);

testOnEachBackend(
  "with recomputed statistics inference equals the training pass",
  async () => {
    const network = build();
    await recomputeBatchNorm(network, SAMPLES, ROWS, new RandomStream(1));
    const images = takeImages();
    const pass = forwardInTraining(network, images);
    const frozen = freeze(network);
    const difference = relativeDifference(
      await predictLogits(frozen, SAMPLES.expression, ROWS, ROWS),
      await pass.logits.data<"float32">(),
    );
    // float32 in another order of operations.
    assert.ok(difference < 1e-4, `differs by ${difference}`);
    disposePass(pass);
    images.dispose();
    disposeFrozen(frozen);
    disposeNetwork(network);
  },
);

Deno.test("training changes the layer's weights, and gives the same bytes again", async () => {
  await openBackend("wasm");
  const train = async () => {
    const network = build();
    await trainEpochs(network, {
      train: SAMPLES,
      validation: SAMPLES,
      ...quickSettings,
      parameters: { ...quickSettings.parameters, epochs: 2 },
    });
    const weights = await readWeights(network);
    disposeNetwork(network);
    return weights;
  };
  const trained = await train();
  const start = [...initialWeights(ARCHITECTURE, 3)];
  trained.forEach(({ name, values }, index) =>
    assert.notDeepEqual(values, start[index].values, name)
  );
  assert.equal(trained.filter(({ name }) => /^bend/.test(name)).length, 3);
  assert.deepEqual(await train(), trained);
});

Deno.test("Keras's configuration names the layer in its place", () => {
  const settings = { dropout: 0.2, momentum: 0.99 };
  const { config } = modelTopology(ARCHITECTURE, settings) as {
    config: { layers: { class_name: string; config: { name: string } }[] };
  };
  assert.deepEqual(
    config.layers.map(({ class_name, config }) =>
      class_name === "Bend" ? config : class_name
    ),
    [
      ...["Conv2D", "BatchNormalization", "Activation"],
      { name: "bend1", trainable: true },
      ...["Conv2D", "BatchNormalization", "Activation", "MaxPooling2D"],
      { name: "bend2", trainable: true },
      ...["Flatten", "Dropout"],
      ...["Dense", "BatchNormalization", "Activation"],
      { name: "bend3", trainable: true },
      "Dense",
    ],
  );
});

Deno.test("the layer's weights are counted, and re-initialized in their turn", () => {
  const names = declaredWeights(ARCHITECTURE).map(({ name }) => name);
  const own = names.filter((name) => name.startsWith("bend"));
  assert.deepEqual(own, ["bend1/weight", "bend2/weight", "bend3/weight"]);
  const conv = 9 * 4 + 2 * 4 + 9 * 4 * 6 + 2 * 6;
  const dense = 9 * 6 * 16 + 2 * 16 + 16 * 3 + 3;
  assert.equal(countWeights(ARCHITECTURE), conv + dense + 4 + 6 + 16);

  const reinitialized = (step: CascadeStep) => {
    const isNew = reinitializedWeights(ARCHITECTURE, step);
    return own.filter((name) => isNew[names.indexOf(name)]);
  };
  assert.deepEqual(reinitialized("output_layer"), []);
  assert.deepEqual(reinitialized("dense_layers"), ["bend3/weight"]);
  assert.deepEqual(reinitialized("all_layers"), own);
});

Deno.test("the layer's tensors are counted in the memory estimates", async () => {
  await openBackend("wasm");
  const batch = 32;
  const architecture = bentNetwork(4096, 2);
  // What the layer puts out behind the first convolution.
  const activation = 4 * batch * 64 * 64 * 8;
  const images = tf.ones([batch, 64, 64, 1]) as tf.Tensor4D;
  const training = await peakBytes(async () => {
    const network = build(architecture);
    const optimizer = new Rmsprop(
      { "learning-rate": 1e-5, rho: 0.9, epsilon: 1e-7, decay: 0 },
      trainedVariables(network),
    );
    await trainOnBatch(
      network,
      optimizer,
      images,
      new Int32Array(batch),
      { dropout: 0.2, momentum: 0.99 },
      new RandomStream(1),
    );
    optimizer.dispose();
    disposeNetwork(network);
  });
  const expected = Object.values(trainingBytes(architecture, batch))
    .reduce((sum, bytes) => sum + bytes, 0);
  const difference = Math.abs(training - expected);
  assert.ok(difference < activation / 4, `${training}, not ${expected}`);

  const network = build(architecture);
  const frozen = freeze(network);
  const explaining = await peakBytes(() => {
    const logitsGradient = tf.ones([batch, 3]) as tf.Tensor2D;
    const pass = forwardInInference(frozen, images, true);
    tf.dispose([logitsGradient, imageGradient(pass, logitsGradient)]);
  });
  const estimate = batch * explanationBytes(architecture);
  assert.ok(
    Math.abs(explaining - estimate) < activation,
    `${explaining}, not ${estimate}`,
  );
  images.dispose();
  disposeFrozen(frozen);
  disposeNetwork(network);
});
