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
import { batchBounds, takeBatch, trainEpochs } from "../../lib/cnn/training.ts";
import { disposePass, forwardInTraining } from "../../lib/cnn/training_pass.ts";
import { RunError } from "../../lib/cli/errors.ts";
import {
  architecture,
  drawnSamples,
  quickSettings,
  relativeDifference,
  smallNetwork,
  untrainedNetwork,
} from "./small_network.ts";

const SETTINGS = {
  ...quickSettings,
  parameters: { ...quickSettings.parameters, epochs: 4 },
};

/** The settings with other flags. */
function withFlags(flags: Partial<typeof SETTINGS.parameters>) {
  return { ...SETTINGS, parameters: { ...SETTINGS.parameters, ...flags } };
}

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
  const trained = async ({ parameters, seedOf }: typeof SETTINGS) => {
    const network = untrainedNetwork();
    await trainEpochs(network, { train, validation, parameters, seedOf });
    const weights = await readWeights(network);
    disposeNetwork(network);
    return weights.map(({ values }) => [...values]);
  };
  const first = await trained(SETTINGS);
  assert.deepEqual(await trained(SETTINGS), first);
  for (const changed of ["shuffle", "dropout"]) {
    const seedOf: typeof SETTINGS.seedOf = (stream) =>
      stream === changed ? 1 : SETTINGS.seedOf(stream);
    assert.notDeepEqual(await trained({ ...SETTINGS, seedOf }), first, changed);
  }
});

Deno.test("training learns what tells the tissues apart, without leaks", async () => {
  await openBackend("wasm");
  const network = untrainedNetwork();
  const before = tf.memory().numTensors;
  const train = tellingSamples(48, 5);
  const result = await trainEpochs(network, {
    train,
    validation: tellingSamples(9, 6),
    ...withFlags({ epochs: 15 }),
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
  assert.equal(result.history[14].learning_rate, lastRate);
  assert.equal(tf.memory().numTensors, before, "training leaks tensors");
});

Deno.test("the best epoch's weights are those after that epoch", async () => {
  await openBackend("wasm");
  const train = tellingSamples(24, 5);
  const validation = tellingSamples(6, 6);
  const network = untrainedNetwork();
  const { history, best } = await trainEpochs(network, {
    train,
    validation,
    ...withFlags({ epochs: 6, keep: "best" }),
  });
  const losses = history.map(({ val_loss }) => val_loss!);
  assert.equal(best!.epoch, losses.indexOf(Math.min(...losses)) + 1);

  const again = untrainedNetwork();
  await trainEpochs(again, {
    train,
    validation,
    ...withFlags({ epochs: best!.epoch }),
  });
  writeWeights(network, best!.weights);
  assert.deepEqual(await readWeights(network), await readWeights(again));
});

Deno.test("without validation samples the history leaves its columns empty", async () => {
  await openBackend("wasm");
  const none = { expression: new Float32Array(0), classes: new Int32Array(0) };
  const { history, best } = await trainEpochs(untrainedNetwork(), {
    train: tellingSamples(9, 5),
    validation: none,
    ...withFlags({ epochs: 1, keep: "best" }),
  });
  assert.equal(history[0].val_loss, null);
  assert.equal(best, null);
});

Deno.test("a loss that is no number ends the training with its epoch", async () => {
  await openBackend("wasm");
  const train = tellingSamples(9, 5);
  train.expression[3] = NaN;
  await assert.rejects(
    trainEpochs(untrainedNetwork(), { train, validation: train, ...SETTINGS }),
    (error: unknown) =>
      error instanceof RunError && /in epoch 1 /.test(error.message) &&
      error.remedy === "deno task cnn --learning-rate 0.0001",
  );
});

Deno.test("a loss that is absurd ends the training, too", async () => {
  await openBackend("wasm");
  const train = tellingSamples(9, 5);
  await assert.rejects(
    trainEpochs(untrainedNetwork(), {
      train,
      validation: train,
      ...withFlags({ "learning-rate": 1e6, decay: 0 }),
    }),
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
  const flags = { epochs: 1, dropout: 0, "learning-rate": 1e-30 };
  const { history: [unbiased] } = await trainEpochs(untrainedNetwork(), {
    train,
    validation: train,
    ...withFlags(flags),
  });
  const { history: [biased] } = await trainEpochs(untrainedNetwork(), {
    train,
    validation: train,
    ...withFlags({ ...flags, "batch-norm": "moving" }),
  });
  // The moving variance in float32 keeps 5 digits of what 1 update adds.
  assert.ok(Math.abs(unbiased.val_loss! - unbiased.loss) < 1e-3);
  assert.ok(Math.abs(biased.val_loss! - biased.loss) > 0.05);
});

Deno.test("recomputed statistics make inference equal training's own pass", async () => {
  await openBackend("wasm");
  const network = smallNetwork();
  const samples = drawnSamples(8);
  await recomputeBatchNorm(network, samples, 8, new RandomStream(1));
  const rows = Int32Array.from({ length: 8 }, (_, row) => row);
  const { images } = takeBatch(samples, rows, architecture);
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
