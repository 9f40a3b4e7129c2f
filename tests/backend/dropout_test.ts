/** Dropout's masks and the products with them. */

import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import {
  applyDropout,
  applyDropoutOver,
  drawDropout,
} from "../../lib/backend/ops.ts";
import { RandomStream } from "../../lib/random.ts";
import { numbers, take, testOnEachBackend } from "./support.ts";

/** The factors as they are defined, and the stream after it. */
function expectedFactors(size: number, rate: number, stream: RandomStream) {
  const bytes = Array.from({ length: Math.ceil(size / 4) }, stream.bits)
    .flatMap((bits) => [0, 8, 16, 24].map((shift) => bits >>> shift & 255))
    .slice(0, size);
  // The share of the undecided bytes' numbers that drop a value.
  const bound = Math.floor(256 * rate);
  const share = 256 * rate - bound;
  return bytes.map((byte) => {
    const drops = byte === bound
      ? (stream.bits() + 2 ** 31) / 2 ** 32 < share
      : byte < bound;
    return drops ? 0 : Math.fround(1 / (1 - rate));
  });
}

// Whole words and vectors, and what is left of them; several chunks on wasm.
for (const size of [1, 3, 4, 15, 16, 17, 23, 4099, 2 ** 18 + 5]) {
  testOnEachBackend(
    `${size} values are dropped as the stream says`,
    async () => {
      for (const rate of [0.2, 0.5, 1 / 512, 0.999]) {
        const stream = new RandomStream(size);
        const expectedStream = new RandomStream(size);
        const factors = expectedFactors(size, rate, expectedStream);
        const mask = drawDropout([size], rate, stream);
        assert.equal(stream.bits(), expectedStream.bits(), "the next draw");
        const values = numbers(size, 1);
        const x = tf.tensor(values);
        const y = applyDropout(x, mask);
        const expected = values.map((value, i) => value * factors[i]);
        assert.deepEqual(await y.data(), expected);
        const over = applyDropoutOver(y, mask);
        const twice = expected.map((value, i) => value * factors[i]);
        assert.deepEqual(await over.data(), twice);
        assert.deepEqual(await x.data(), values, "the input has changed");
        tf.dispose([x, over]);
        mask.dispose();
      }
    },
  );
}

testOnEachBackend("a mask of another shape is an error", async () => {
  const mask = drawDropout([2, 3], 0.5, new RandomStream(1));
  const x = tf.ones([3, 2]);
  for (const apply of [applyDropout, applyDropoutOver]) {
    assert.throws(() => apply(x, mask), RangeError);
  }
  mask.dispose();
  await take(x);
});
