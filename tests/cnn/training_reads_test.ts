import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { RunError } from "../../lib/cli/errors.ts";
import { readsStopDevice } from "../../lib/backend/late_reads.ts";
import { writeValues } from "../../lib/backend/values.ts";
import { disposeNetwork } from "../../lib/cnn/network.ts";
import { trainEpochs } from "../../lib/cnn/training.ts";
import { testOnEachBackend } from "../backend/support.ts";
import {
  drawnSamples,
  quickSettings,
  untrainedNetwork,
} from "./small_network.ts";

const NONE = { expression: new Float32Array(), classes: new Int32Array() };
const SETTINGS = {
  ...quickSettings,
  validation: NONE,
  parameters: { ...quickSettings.parameters, epochs: 2, batch: 3 },
};

testOnEachBackend(
  "where a read-back stops the device, an epoch of few batches needs one",
  async () => {
    const backend = tf.backend();
    const read = backend.read;
    let reads = 0;
    backend.read = function (dataId) {
      reads++;
      return read.call(this, dataId);
    };
    const network = untrainedNetwork();
    try {
      await trainEpochs(network, { ...SETTINGS, train: drawnSamples(12) });
    } finally {
      backend.read = read;
    }
    disposeNetwork(network);
    assert.equal(reads, readsStopDevice() ? 2 : 2 * 4);
  },
);

testOnEachBackend(
  "a loss that is no number ends the training in its epoch",
  async () => {
    tf.engine().startScope();
    const network = untrainedNetwork();
    const bias = network.variables.at(-1)!.at(-1)!;
    // A ReLU on a graphics card may turn a number that is none into 0.
    writeValues(bias, new Float32Array(bias.size).fill(NaN));
    await assert.rejects(
      trainEpochs(network, { ...SETTINGS, train: drawnSamples(12) }),
      (error: unknown) =>
        error instanceof RunError && /in epoch 1 /.test(error.message),
    );
    tf.engine().endScope();
    tf.disposeVariables();
  },
);
