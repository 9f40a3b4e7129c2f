import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import {
  applyDropoutOver,
  drawDropout,
  type DropoutMask,
} from "../../lib/backend/ops.ts";
import { Activation } from "../../lib/cnn/layers/activation.ts";
import { dropout } from "../../lib/cnn/layers/dropout.ts";
import { drawMasks } from "../../lib/cnn/training_pass.ts";
import { RandomStream } from "../../lib/random.ts";
import { take, testOnEachBackend } from "../backend/support.ts";
import { architecture } from "./small_network.ts";

const BATCH = 50;
const UNITS = 400;
const layer = dropout("dropout")([UNITS], 3);

/** What a mask of this shape multiplies values by. */
async function factorsOf(
  mask: DropoutMask,
  shape = [BATCH, UNITS],
): Promise<Float32Array> {
  const [factors] = await take(applyDropoutOver(tf.ones(shape), mask));
  return factors;
}

// At 1 / 512 a byte alone drops nothing.
for (const rate of [0.2, 0.5, 1 / 512]) {
  testOnEachBackend(
    `a share of ${rate} is dropped and the rest scaled to keep the mean`,
    async () => {
      const draw = (seed: number) =>
        layer.drawMask!(BATCH, { dropout: rate }, new RandomStream(seed))!;
      const mask = draw(1);
      const values = await factorsOf(mask);
      const dropped = values.filter((value) => value === 0).length;
      // Four standard deviations of a binomial count.
      const expected = rate * values.length;
      const allowed = 4 * Math.sqrt(expected * (1 - rate));
      assert.ok(Math.abs(dropped - expected) < allowed, `${dropped} dropped`);
      const scale = Math.fround(1 / (1 - rate));
      assert.ok(values.every((value) => value === 0 || value === scale));

      const again = draw(1);
      assert.deepEqual(await factorsOf(again), values);
      const other = draw(2);
      assert.notDeepEqual(await factorsOf(other), values);
      for (const drawn of [mask, again, other]) drawn.dispose();
    },
  );
}

testOnEachBackend("both passes multiply by the mask", async () => {
  const before = tf.memory().numTensors;
  const mask = layer.drawMask!(2, { dropout: 0.2 }, new RandomStream(1))!;
  const values = await factorsOf(mask, [2, UNITS]);
  const pass = layer.forward(
    new Activation(tf.fill([2, UNITS], 3)),
    [],
    mask,
  );
  assert.deepEqual(
    await pass.output.tensor.data(),
    values.map((value) => 3 * value),
  );
  const receiver = { apply() {}, applyProduct() {} };
  const gradient = pass.backward(tf.fill([2, UNITS], -2), receiver, true)!;
  assert.deepEqual(await gradient.data(), values.map((value) => -2 * value));
  pass.output.release();
  gradient.dispose();
  mask.dispose();
  assert.equal(tf.memory().numTensors, before, "dropout leaks tensors");
});

testOnEachBackend(
  "each dropout layer draws on from the batch's stream",
  async () => {
    const rate = 0.2;
    const stream = new RandomStream(7);
    const masks = drawMasks(architecture, 4, { dropout: rate }, stream)
      .filter((mask) => mask !== undefined);
    const again = new RandomStream(7);
    const shapes = [[4, 26], [4, 512]];
    assert.equal(masks.length, shapes.length);
    for (const [index, shape] of shapes.entries()) {
      const expected = drawDropout(shape, rate, again);
      assert.deepEqual(
        await factorsOf(masks[index], shape),
        await factorsOf(expected, shape),
      );
      expected.dispose();
      masks[index].dispose();
    }
    assert.equal(stream.bits(), again.bits());
  },
);

testOnEachBackend("without a rate nothing is drawn or changed", async () => {
  const stream = new RandomStream(7);
  const masks = drawMasks(architecture, 4, { dropout: 0 }, stream);
  assert.ok(masks.every((mask) => mask === undefined));
  assert.equal(stream.bits(), new RandomStream(7).bits());
  const pass = layer.forward(new Activation(tf.fill([2, UNITS], 3)), []);
  assert.ok((await pass.output.tensor.data()).every((value) => value === 3));
  pass.output.release();
});
