import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { openBackend } from "../../lib/backend/open.ts";
import type { WasmBackend } from "../../lib/backend/wasm/heap.ts";
import {
  type Architecture,
  describeNetwork,
} from "../../lib/cnn/architecture.ts";
import {
  inferenceBatch,
  inferenceBytes,
  trainingBatch,
  trainingBytes,
} from "../../lib/cnn/batch_limits.ts";
import {
  disposeFrozen,
  forwardInInference,
  freeze,
  imageGradient,
} from "../../lib/cnn/inference_pass.ts";
import {
  buildNetwork,
  disposeNetwork,
  initialWeights,
} from "../../lib/cnn/network.ts";
import { Rmsprop } from "../../lib/cnn/optimizer.ts";
import { trainOnBatch } from "../../lib/cnn/training.ts";
import { RunError } from "../../lib/run/errors.ts";
import { RandomStream } from "../../lib/run/random.ts";

const WASM = { name: "wasm", maxBufferBytes: 2 ** 31 - 2 ** 16 } as const;
const STUDY = describeNetwork(21_111, 30, 1);

const sum = (bytes: object) =>
  (Object.values(bytes) as number[]).reduce((a, b) => a + b, 0);

/** The most bytes of the wasm heap that are taken at a time during `work`. */
async function peakBytes(work: () => Promise<void> | void): Promise<number> {
  const { wasm } = tf.backend() as unknown as WasmBackend;
  const { _malloc, _free } = wasm;
  const taken = new Map<number, number>();
  let now = 0;
  let peak = 0;
  wasm._malloc = (bytes) => {
    const address = _malloc(bytes);
    taken.set(address >>> 0, bytes);
    now += bytes;
    peak = Math.max(peak, now);
    return address;
  };
  wasm._free = (address) => {
    now -= taken.get(address >>> 0) ?? 0;
    taken.delete(address >>> 0);
    _free(address);
  };
  try {
    await work();
  } finally {
    Object.assign(wasm, { _malloc, _free });
  }
  return peak;
}

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
  { convolutions }: Architecture,
  batch: number,
): number {
  const products = convolutions.map(({ inChannels, filters }) =>
    inChannels * filters
  );
  return 4 * Math.max(...products) * (36 + 36 + 9 * batch) + SMALL;
}

// Sides 32 and 39: without and with a row that the pools leave over.
for (const [genes, width, batch] of [[1024, 0.25, 8], [1500, 0.5, 3]]) {
  const title = `${genes} genes, width ${width}, batches of ${batch}`;

  Deno.test(`training takes the memory that was estimated: ${title}`, async () => {
    await openBackend("wasm");
    const architecture = describeNetwork(genes, 4, width);
    const peak = await peakBytes(async () => {
      const network = buildNetwork(
        architecture,
        initialWeights(architecture, 1),
      );
      const optimizer = new Rmsprop({
        learningRate: 1e-5,
        rho: 0.9,
        epsilon: 1e-7,
        decay: 0,
      });
      // The second batch finds the mean squares there.
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
    const architecture = describeNetwork(genes, 4, width);
    const network = buildNetwork(architecture, initialWeights(architecture, 1));
    const frozen = freeze(network);
    const peak = await peakBytes(() => {
      const images = onesFor(architecture, batch);
      const logitsGradient = tf.ones([batch, 4]) as tf.Tensor2D;
      const pass = forwardInInference(frozen, images, true);
      const gradient = imageGradient(frozen, pass, logitsGradient);
      tf.dispose([images, logitsGradient, gradient]);
    });
    const estimate = batch * inferenceBytes(architecture);
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
  assert.equal(inputs, 4 * 64 * (146 * 146 + 331_776 + 512));
});

Deno.test("a batch is cut to what the wasm heap holds, on wasm alone", () => {
  assert.equal(trainingBatch(WASM, describeNetwork(2423, 11, 1), 64), 64);
  assert.equal(trainingBatch(WASM, STUDY, 32), 32);
  const cut = trainingBatch(WASM, STUDY, 64);
  assert.ok(cut > 40 && cut < 64, `${cut}`);
  assert.equal(trainingBatch(WASM, STUDY, 4096), cut);
  assert.equal(trainingBatch({ ...WASM, name: "cpu" }, STUDY, 64), 64);
});

Deno.test("a tensor that the device cannot hold cuts the batch, too", () => {
  const webgpu = { name: "webgpu", maxBufferBytes: 2 ** 27 } as const;
  const network = describeNetwork(2500, 4, 1);
  // The second convolution gives 50 x 50 x 64 floats a sample.
  assert.equal(
    trainingBatch(webgpu, network, 4096),
    Math.floor(2 ** 27 / (4 * 50 * 50 * 64)),
  );
});

Deno.test("what cannot be trained is refused with a width that can", () => {
  const refusal = (work: () => unknown): RunError => {
    try {
      work();
    } catch (error) {
      assert.ok(error instanceof RunError);
      return error;
    }
    assert.fail("nothing was refused");
  };
  const heap = refusal(() =>
    trainingBatch(WASM, describeNetwork(61_504, 30, 1), 64)
  );
  assert.match(
    heap.message,
    /^Cannot train on wasm: the network takes 4\.\d\d GiB with batches of two samples and should take at most 4\.00 GiB$/,
  );
  const tensor = refusal(() =>
    trainingBatch(WASM, describeNetwork(61_504, 30, 2), 64)
  );
  assert.match(
    tensor.message,
    /^Cannot train on wasm: the network's largest tensor takes 3\.\d\d GiB and should take at most 2\.00 GiB$/,
  );
  for (const { remedy } of [heap, tensor]) {
    const [, width] = remedy!.match(
      /^deno task cnn --width (\S+), or deno task all --cnn\.width \1$/,
    )!;
    const narrower = describeNetwork(61_504, 30, Number(width));
    assert.equal(trainingBatch(WASM, narrower, 16), 16);
  }
  const tiny = { name: "webgpu", maxBufferBytes: 2 ** 27 } as const;
  const device = refusal(() =>
    trainingBatch(tiny, describeNetwork(61_504, 30, 1), 64)
  );
  assert.match(
    device.message,
    /^Cannot train on webgpu: the network's largest/,
  );
});

Deno.test("whatever can be trained can be explained in batches as before", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 80_000 }),
    fc.double({ min: 0.05, max: 4, noNaN: true }),
    (genes, width) => {
      const network = describeNetwork(genes, 30, width);
      try {
        trainingBatch(WASM, network, 64);
      } catch {
        return;
      }
      const { maxBufferBytes } = WASM;
      const batch = inferenceBatch(WASM, network);
      assert.equal(batch, inferenceBatch({ maxBufferBytes }, network));
      const { weights } = trainingBytes(network, 1);
      assert.ok(weights + batch * inferenceBytes(network) < 2 ** 32);
    },
  ));
});
