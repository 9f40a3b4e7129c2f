import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import {
  disposeNetwork,
  namedWeights,
  readWeights,
} from "../../lib/cnn/network.ts";
import { testOnEachBackend } from "../backend/support.ts";
import { drawnWeights, smallNetwork } from "./small_network.ts";

testOnEachBackend("weights are read as they were given", async () => {
  const network = smallNetwork(4);
  assert.deepEqual(await readWeights(network), drawnWeights(4));
  disposeNetwork(network);
});

testOnEachBackend(
  "what was read does not change with the network",
  async () => {
    const network = smallNetwork(4);
    const read = await readWeights(network);
    for (const { variable } of namedWeights(network)) {
      const doubled = tf.mul(variable, 2);
      variable.assign(doubled);
      doubled.dispose();
    }
    assert.deepEqual(read, drawnWeights(4));

    // Read again into the same memory.
    const again = await readWeights(network, read);
    again.forEach(({ name, values }, index) => {
      assert.ok(values === read[index].values, `${name} was given new memory`);
    });
    assert.deepEqual(
      again.map(({ values }) => values),
      drawnWeights(4).map(({ values }) => values.map((value) => 2 * value)),
    );
    assert.equal(again.length, 4 * 5 + 5 + 2);
    disposeNetwork(network);
  },
);
