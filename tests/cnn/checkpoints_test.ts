import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { openBackend } from "../../lib/backend/open.ts";
import { CheckpointPace } from "../../lib/store/checkpoint_pace.ts";
import { Checkpoints } from "../../lib/cnn/checkpoints.ts";
import { disposeNetwork, readWeights } from "../../lib/cnn/network.ts";
import { trainEpochs, type Training } from "../../lib/cnn/training.ts";
import { MemoryCheckpoints } from "../store/memory_checkpoints.ts";
import {
  drawnSamples,
  quickSettings,
  untrainedNetwork,
} from "./small_network.ts";

const TRAINING: Training = {
  train: drawnSamples(21, 5),
  validation: drawnSamples(6, 6),
  ...quickSettings,
  parameters: { ...quickSettings.parameters, epochs: 5, keep: "best" },
};

/** After every epoch, whatever a checkpoint costs. */
const OFTEN = new CheckpointPace(0, 0);

class Killed extends Error {}

/** Trains until the end, or until killed after a number of batches. */
async function train(checkpoints?: Checkpoints, killedAfter = Infinity) {
  const network = untrainedNetwork();
  let batches = 0;
  let samples = 0;
  const result = await trainEpochs(network, {
    ...TRAINING,
    checkpoints,
    onBatch(count) {
      samples += count;
      if (count <= TRAINING.parameters.batch && ++batches > killedAfter) {
        throw new Killed();
      }
    },
  });
  const weights = await readWeights(network);
  disposeNetwork(network);
  return { ...result, weights, batches, samples };
}

for (const name of ["cpu", "wasm"] as const) {
  Deno.test(`${name}: killed in any epoch, training ends in the same bytes`, async () => {
    await openBackend(name);
    const whole = await train();
    assert.equal(whole.batches, 15);
    for (const killedAfter of name === "wasm" ? [0, 2, 3, 7, 14] : [7]) {
      const checkpoints = new MemoryCheckpoints();
      const open = () => new Checkpoints(checkpoints, "network", 1, OFTEN);
      await assert.rejects(train(open(), killedAfter), Killed);
      const { batches, ...resumed } = await train(open());
      // Three batches an epoch: those of whole epochs are not done again.
      assert.equal(batches, 15 - 3 * Math.floor(killedAfter / 3));
      const { batches: _, ...expected } = whole;
      assert.deepEqual(resumed, expected);
    }
  });
}

Deno.test("after the last epoch nothing is trained any more", async () => {
  await openBackend("wasm");
  const checkpoints = new MemoryCheckpoints();
  const first = await train(new Checkpoints(checkpoints, "network"));
  const before = tf.memory().numTensors;
  const second = await train(new Checkpoints(checkpoints, "network"));
  assert.equal(tf.memory().numTensors, before, "restoring leaks tensors");
  assert.equal(second.batches, 0);
  assert.deepEqual(second.weights, first.weights);
  assert.deepEqual(second.best, first.best);
  assert.deepEqual(second.history, first.history);
  assert.equal(second.updates, first.updates);
});

Deno.test("checkpoints come as seldom as asked for, and after the last epoch", async () => {
  await openBackend("wasm");
  const countOf = async (every: number, pace: CheckpointPace) => {
    const checkpoints = new MemoryCheckpoints();
    let count = 0;
    const { writeParts } = MemoryCheckpoints.prototype;
    checkpoints.writeParts = (...checkpoint) => {
      count++;
      return writeParts.apply(checkpoints, checkpoint);
    };
    await train(new Checkpoints(checkpoints, "network", every, pace));
    return count;
  };
  assert.equal(await countOf(1, OFTEN), 5);
  assert.equal(await countOf(2, OFTEN), 3);
  assert.equal(await countOf(1, new CheckpointPace(1000)), 1);
});

Deno.test("a checkpoint that is not whole is none", async () => {
  await openBackend("wasm");
  const store = new MemoryCheckpoints();
  const checkpoints = new Checkpoints(store, "network", 1, OFTEN);
  await assert.rejects(train(checkpoints, 4), Killed);
  store.kept.delete("network");
  const { batches } = await train(checkpoints);
  assert.equal(batches, 15);
});
