import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { LateReads, readsStopDevice } from "../../lib/backend/late_reads.ts";
import { testOnEachBackend } from "./support.ts";

testOnEachBackend(
  "late reads give the values of every tensor in order",
  async () => {
    const reads = new LateReads();
    const all: number[][] = [];
    const expected: number[][] = [];
    const counts: number[] = [];
    for (let i = 0; i < 20; i++) {
      const size = 1 + i % 3;
      expected.push(Array.from({ length: size }, () => 2 * i));
      const made = tf.tidy(() => tf.mul(tf.fill([1, size], i), 2));
      await reads.add(made, (values) => all.push([...values]));
      counts.push(all.length);
    }
    await reads.finish();
    assert.deepEqual(all, expected);
    await reads.finish();
    assert.equal(all.length, 20);
    assert.deepEqual(
      counts,
      counts.map((_, index) =>
        !readsStopDevice() ? index + 1 : 8 * Math.floor((index + 1) / 8)
      ),
    );
  },
);
