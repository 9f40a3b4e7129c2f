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
import {
  explanationBytes,
  trainingBytes,
  trainingHeapBytes,
} from "../../lib/cnn/memory_estimate.ts";
import {
  buildNetwork,
  disposeNetwork,
  initialWeights,
  trainedVariables,
} from "../../lib/cnn/network.ts";
import { Rmsprop } from "../../lib/cnn/optimizer.ts";
import { trainOnBatch } from "../../lib/cnn/training.ts";
import { RandomStream } from "../../lib/random.ts";
import { peakBytes } from "./peak_bytes.ts";
import { studyNetwork } from "./study_network.ts";

const STUDY = studyNetwork(21_111, 30, 1);

const sum = (bytes: object) =>
  (Object.values(bytes) as number[]).reduce((a, b) => a + b, 0);

function onesFor({ side }: Architecture, batch: number): tf.Tensor4D {
  return tf.ones([batch, side, side, 1]);
}

/** Small tensors and scratch that the estimates leave out. */
const SMALL = 2 ** 20;

/**
 * The same of the convolutions: filters in Winograd's terms, the sums of a
 * filter's gradient and one part of it a sample, and what a thread works on.
 */
function convolutionScratch(
  { layers }: Architecture,
  batch: number,
): number {
  const products = layers
    .filter(({ outputShape }) => outputShape.length === 3)
    .map(({ inputShape, outputShape }) => inputShape[2] * outputShape[2]);
  return 4 * Math.max(...products) * (36 + 36 + 9 * batch) + SMALL;
}

// Sides 32 and 39: without and with a row that the pools leave over.
const NETWORKS = [
  { genes: 1024, batch: 8, blocks: 4, width: 0.25, hidden: 512 },
  { genes: 1500, batch: 3, blocks: 4, width: 0.5, hidden: 512 },
  { genes: 1500, batch: 8, blocks: 3, width: 0.25, hidden: 128 },
  { genes: 1500, batch: 8, blocks: 2, width: 0.5, hidden: 64 },
  { genes: 1500, batch: 8, blocks: 1, width: 0.5, hidden: 128 },
  { genes: 1024, batch: 16, blocks: 1, width: 0.25, hidden: 16 },
];
for (const { batch, ...size } of NETWORKS) {
  const title = JSON.stringify({ batch, ...size });

  Deno.test(`training takes the memory that was estimated: ${title}`, async () => {
    await openBackend("wasm");
    const architecture = describeNetwork({ ...size, tissues: 4 });
    const peak = await peakBytes(async () => {
      const network = buildNetwork(
        architecture,
        initialWeights(architecture, 1),
      );
      const optimizer = new Rmsprop({
        "learning-rate": 1e-5,
        rho: 0.9,
        epsilon: 1e-7,
        decay: 0,
      }, trainedVariables(network));
      for (let update = 0; update < 2; update++) {
        const images = onesFor(architecture, batch);
        await trainOnBatch(
          network,
          optimizer,
          images,
          new Int32Array(batch),
          { dropout: 0.2, momentum: 0.99 },
          new RandomStream(update),
        );
        images.dispose();
      }
      optimizer.dispose();
      disposeNetwork(network);
    });
    const estimate = sum(trainingBytes(architecture, batch));
    const more = peak - estimate;
    assert.ok(
      more > -SMALL && more < convolutionScratch(architecture, batch),
      `${peak} bytes where ${estimate} were expected`,
    );
  });

  Deno.test(`explaining takes no more than was estimated: ${title}`, async () => {
    await openBackend("wasm");
    const architecture = describeNetwork({ ...size, tissues: 4 });
    const network = buildNetwork(architecture, initialWeights(architecture, 1));
    const frozen = freeze(network);
    const peak = await peakBytes(() => {
      const images = onesFor(architecture, batch);
      const logitsGradient = tf.ones([batch, 4]) as tf.Tensor2D;
      const pass = forwardInInference(frozen, images, true);
      const gradient = imageGradient(pass, logitsGradient);
      tf.dispose([images, logitsGradient, gradient]);
    });
    const estimate = batch * explanationBytes(architecture);
    const scratch = convolutionScratch(architecture, 0);
    assert.ok(peak < estimate + scratch, `${peak} bytes, not ${estimate}`);
    assert.ok(peak > estimate / 2, `${peak} bytes, far below ${estimate}`);
    disposeFrozen(frozen);
    disposeNetwork(network);
  });
}

Deno.test("the terms are those of the study's own network", () => {
  const { weights, meanSquares, inputs } = trainingBytes(STUDY, 64);
  // conv and dense kernels, gamma, beta and moving statistics, output bias.
  const kernels = 9 * (32 + 32 * 64 + 64 * 128 + 128 * 256) + 331_776 * 512 +
    512 * 30;
  const channels = 32 + 64 + 128 + 256 + 512;
  assert.equal(weights, 4 * (kernels + 4 * channels + 30));
  assert.equal(meanSquares, 4 * (kernels + 2 * channels + 30));
  // A mask has a byte a value.
  assert.equal(inputs, 64 * (4 * 146 * 146 + 331_776 + 512));
});

Deno.test("the parts of a filter's gradient are counted", () => {
  const network = studyNetwork(1024, 30, 1);
  const kernel = 4 * 9 * 128 * 256;
  for (const [batch, parts] of [[4, 4], [64, 8], [4096, 512]]) {
    const tensors = sum(trainingBytes(network, batch));
    const bytes = trainingHeapBytes(network, batch);
    assert.ok(bytes > tensors + parts * kernel, `${batch} samples`);
    assert.ok(bytes < 1.1 * (tensors + parts * kernel), `${batch} samples`);
  }
});
