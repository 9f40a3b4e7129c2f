/** Equal work gives equal bytes. */

import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { openBackend } from "../../lib/backend/open.ts";
import * as ops from "../../lib/backend/ops.ts";
import { sha256 } from "../../lib/kernels/digest.ts";
import { withThreads } from "../../lib/backend/threads.ts";
import { take, tensor, testOnEachBackend } from "./support.ts";

/** One digest over the results of all operations, for images of a side. */
async function digestOfEverything(side = 8): Promise<string> {
  const x = tensor<tf.Tensor4D>([2, side + 1, side, 5], 1);
  const filter = tensor<tf.Tensor4D>([3, 3, 5, 12], 2);
  const dy = tensor<tf.Tensor4D>([2, side + 1, side, 12], 3);
  const channel = tensor<tf.Tensor1D>([12], 4);
  const a = tensor<tf.Tensor2D>([10 * side, 30], 5);
  const pooled = ops.maxPool2(x);
  const { mean, variance } = ops.channelMoments(dy);
  // The two gradients are written over what they take.
  const copy = <T extends tf.Tensor>(values: T) => tf.add(values, 0) as T;
  const normed = ops.batchNormReluGradient(
    copy(dy),
    dy,
    mean,
    variance,
    channel,
    mean,
  );
  const results = await take(
    ops.convolve(x, filter, channel),
    ops.convolveInputGradient(dy, filter),
    ops.convolveFilterGradient(x, dy),
    ops.biasGradient(dy),
    ops.maxPool2GradientOver(pooled, copy(x), pooled),
    ops.matMul(a, a, false, true),
    ops.scaleShiftRelu(dy, channel, mean),
    ops.scaleShiftReluGradient(dy, dy, channel, mean),
    normed.dz,
    normed.dgamma,
    normed.dbeta,
  );
  results.push(
    ...await take(x, filter, dy, channel, a, pooled, mean, variance),
  );
  const bytes = new Uint8Array(
    await new Blob(results.map((part) => new Float32Array(part))).arrayBuffer(),
  );
  return await sha256(bytes);
}

testOnEachBackend("the same work twice gives the same bytes", async () => {
  assert.equal(await digestOfEverything(), await digestOfEverything());
});

Deno.test("wasm: any number of threads gives the same bytes", async () => {
  await openBackend("wasm");
  // At this side every operation is split into several chunks.
  const digest = () => digestOfEverything(110);
  const alone = await digest();
  for (const threads of [2, 3]) {
    assert.equal(await withThreads(threads, digest), alone);
  }
});
