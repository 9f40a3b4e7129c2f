import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { RandomStream } from "../../lib/random.ts";
import { openBackend } from "../../lib/backend/open.ts";
import { recomputeBatchNorm } from "../../lib/cnn/precise_batch_norm.ts";
import { disposeFrozen, freeze } from "../../lib/cnn/inference_pass.ts";
import {
  disposeNetwork,
  type Network,
  readWeights,
  writeWeights,
} from "../../lib/cnn/network.ts";
import { predictLogits } from "../../lib/cnn/predict.ts";
import { largestOfRow } from "../../lib/cnn/softmax.ts";
import {
  batchBounds,
  takeBatch,
  trainEpochs,
  type TrainingSettings,
} from "../../lib/cnn/training.ts";
import { disposePass, forwardInTraining } from "../../lib/cnn/training_pass.ts";
import { RunError } from "../../lib/cli/errors.ts";
import {
  drawnSamples,
  quickSettings,
  relativeDifference,
  smallNetwork,
  untrainedNetwork,
} from "./small_network.ts";

const SETTINGS: TrainingSettings = { ...quickSettings, epochs: 4 };

/** Samples whose class shows in one part of the image each. */
function tellingSamples(rows: number, seed: number) {
  const samples = drawnSamples(rows, seed);
  samples.classes.forEach((tissue, row) => {
    for (let gene = 15 * tissue; gene < 15 * (tissue + 1); gene++) {
      samples.expression[row * 45 + gene] += 4;
    }
  });
  return samples;
}

async function predict(network: Network, expression: Float32Array) {
  const frozen = freeze(network);
  const rows = expression.length / 45;
  const logits = await predictLogits(frozen, expression, rows, 4);
  disposeFrozen(frozen);
  return logits;
}

Deno.test("a last batch of one sample joins the one before", () => {
  assert.deepEqual(batchBounds(9, 4), [0, 4, 9]);
  assert.deepEqual(batchBounds(10, 4), [0, 4, 8, 10]);
  assert.deepEqual(batchBounds(8, 4), [0, 4, 8]);
  assert.deepEqual(batchBounds(1, 4), [0, 1]);
});

Deno.test("the same seeds give the same bytes, and another order others", async () => {
  await openBackend("wasm");
  const train = tellingSamples(21, 5);
  const validation = tellingSamples(6, 6);
  const trained = async (settings: TrainingSettings) => {
    const network = untrainedNetwork();
    await trainEpochs(network, train, validation, settings);
    const weights = await readWeights(network);
    disposeNetwork(network);
    return weights.map(({ values }) => [...values]);
  };
  const first = await trained(SETTINGS);
  assert.deepEqual(await trained(SETTINGS), first);
  assert.notDeepEqual(await trained({ ...SETTINGS, shuffleSeed: 1 }), first);
  assert.notDeepEqual(await trained({ ...SETTINGS, dropoutSeed: 1 }), first);
});

Deno.test("training learns what tells the tissues apart, without leaks", async () => {
  await openBackend("wasm");
  const network = untrainedNetwork();
  const before = tf.memory().numTensors;
  const train = tellingSamples(48, 5);
  const result = await trainEpochs(network, train, tellingSamples(9, 6), {
    ...SETTINGS,
    epochs: 15,
  });
  await recomputeBatchNorm(network, train, 8, new RandomStream(1));
  const test = tellingSamples(30, 9);
  const logits = await predict(network, test.expression);
  const right = [...largestOfRow(logits, 3)].filter((tissue, row) =>
    tissue === test.classes[row]
  );
  assert.ok(right.length >= 28, `${right.length} of 30 right`);
  assert.equal(result.updates, 15 * 6);
  assert.equal(result.history.length, 15);
  assert.ok(result.history[14].loss < result.history[0].loss / 2);
  const lastRate = 1e-3 / (1 + 0.01 * (15 * 6 - 1));
  assert.equal(result.history[14].learningRate, lastRate);
  assert.equal(tf.memory().numTensors, before, "training leaks tensors");
});

Deno.test("the best epoch's weights are those after that epoch", async () => {
  await openBackend("wasm");
  const train = tellingSamples(24, 5);
  const validation = tellingSamples(6, 6);
  const network = untrainedNetwork();
  const { history, bestEpoch, bestWeights } = await trainEpochs(
    network,
    train,
    validation,
    { ...SETTINGS, epochs: 6, keepBest: true },
  );
  const losses = history.map(({ valLoss }) => valLoss!);
  assert.equal(bestEpoch, losses.indexOf(Math.min(...losses)) + 1);

  const again = untrainedNetwork();
  await trainEpochs(again, train, validation, {
    ...SETTINGS,
    epochs: bestEpoch!,
  });
  writeWeights(network, bestWeights!);
  assert.deepEqual(await readWeights(network), await readWeights(again));
});

Deno.test("without validation samples the history leaves its columns empty", async () => {
  await openBackend("wasm");
  const none = { expression: new Float32Array(0), classes: new Int32Array(0) };
  const { history, bestEpoch } = await trainEpochs(
    untrainedNetwork(),
    tellingSamples(9, 5),
    none,
    { ...SETTINGS, epochs: 1 },
  );
  assert.equal(history[0].valLoss, null);
  assert.equal(bestEpoch, null);
});

Deno.test("a loss that is no number ends the training with its epoch", async () => {
  await openBackend("wasm");
  const train = tellingSamples(9, 5);
  train.expression[3] = NaN;
  await assert.rejects(
    trainEpochs(untrainedNetwork(), train, train, SETTINGS),
    (error: unknown) =>
      error instanceof RunError && /in epoch 1 /.test(error.message) &&
      error.remedy === "deno task cnn --learning-rate 0.0001",
  );
});

Deno.test("a loss that is absurd ends the training, too", async () => {
  await openBackend("wasm");
  const train = tellingSamples(9, 5);
  const rmsprop = { ...SETTINGS.rmsprop, learningRate: 1e6, decay: 0 };
  await assert.rejects(
    trainEpochs(untrainedNetwork(), train, train, { ...SETTINGS, rmsprop }),
    (error: unknown) =>
      error instanceof RunError &&
      /the loss is \S+ in epoch \d+ and should be less than/.test(
        error.message,
      ) &&
      error.remedy === "deno task cnn --learning-rate 100000",
  );
});

Deno.test("the first epoch's validation uses the batch's own statistics", async () => {
  await openBackend("wasm");
  // One update, a rate of nearly 0: what the batch saw is all there is.
  const train = drawnSamples(8);
  const settings = {
    ...SETTINGS,
    epochs: 1,
    dropout: 0,
    rmsprop: { ...SETTINGS.rmsprop, learningRate: 1e-30 },
  };
  const { history: [unbiased] } = await trainEpochs(
    untrainedNetwork(),
    train,
    train,
    settings,
  );
  const { history: [biased] } = await trainEpochs(
    untrainedNetwork(),
    train,
    train,
    {
      ...settings,
      unbiased: false,
    },
  );
  // The moving variance in float32 keeps 5 digits of what 1 update adds.
  assert.ok(Math.abs(unbiased.valLoss! - unbiased.loss) < 1e-3);
  assert.ok(Math.abs(biased.valLoss! - biased.loss) > 0.05);
});

Deno.test("recomputed statistics make inference equal training's own pass", async () => {
  await openBackend("wasm");
  const network = smallNetwork();
  const samples = drawnSamples(8);
  await recomputeBatchNorm(network, samples, 8, new RandomStream(1));
  const rows = Int32Array.from({ length: 8 }, (_, row) => row);
  const { images } = takeBatch(samples, rows, 45, 7);
  const pass = forwardInTraining(network, images);
  const difference = relativeDifference(
    await predict(network, samples.expression),
    await pass.logits.data(),
  );
  // One batch: the statistics are the batch's own, up to float32 rounding.
  assert.ok(difference < 1e-4, `differs by ${difference}`);
  disposePass(pass);
});

Deno.test("statistics pooled over batches equal those of the whole in layer one", async () => {
  await openBackend("wasm");
  const samples = drawnSamples(11);
  const recomputed = async (batch: number) => {
    const network = smallNetwork();
    await recomputeBatchNorm(network, samples, batch, new RandomStream(1));
    return (await readWeights(network)).filter(({ name }) =>
      name.startsWith("conv1_norm/moving")
    );
  };
  const whole = await recomputed(11);
  const pooled = await recomputed(4);
  whole.forEach(({ values }, index) =>
    assert.ok(relativeDifference(pooled[index].values, values) < 1e-5)
  );
});
