/** Backends open by name. */

import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { backendNameOf } from "../../lib/backend/backend_names.ts";
import { openBackend } from "../../lib/backend/open.ts";
import { whySkipped } from "../backends.ts";
import { testOnEachBackend } from "./support.ts";

const skipped = whySkipped("webgpu");
if (skipped) console.warn(`SKIPPING ALL TESTS ON WEBGPU: ${skipped}`);

testOnEachBackend("opens by name and describes itself", (backend) => {
  assert.equal(backend.name, tf.getBackend());
  assert.equal(backend.deterministic, backend.name !== "webgpu");
  assert.ok(backend.maxBufferBytes >= 2 ** 27);
  assert.doesNotMatch(backend.description, /\n|undefined/);
  assert.equal(backendNameOf(backend.description), backend.name);
});

Deno.test("a description without a backend's name names none", () => {
  assert.equal(backendNameOf("NVIDIA H200"), null);
  assert.equal(backendNameOf("tfjs-backend-wasm4 4.22.0"), null);
  assert.equal(backendNameOf(null), null);
});

Deno.test({
  name: "auto opens neither a software adapter nor the reference backend",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    const { name, description } = await openBackend("auto");
    assert.notEqual(name, "cpu");
    assert.doesNotMatch(description, /software|llvmpipe|swiftshader/i);
  },
});

Deno.test("a full wasm heap is an error, not wrong numbers", async () => {
  await openBackend("wasm");
  const before = tf.memory().numTensors;
  // tfjs's own allocator would return address 0 without an error. This is
  // virtual memory only: nothing is written.
  const held: tf.Tensor[] = [];
  assert.throws(() => {
    for (let i = 0; i < 5; i++) {
      held.push(heapOnly(2 ** 28));
    }
  }, /Cannot allocate \d+ bytes in the wasm heap: .*Use smaller batches/);
  tf.dispose(held);
  assert.equal(tf.memory().numTensors, before);
});

/** An unwritten tensor of that many floats. */
function heapOnly(size: number): tf.Tensor {
  const backend = tf.backend() as unknown as {
    makeOutput(shape: number[], dtype: string): tf.TensorInfo;
  };
  return tf.engine().makeTensorFromTensorInfo(
    backend.makeOutput([size], "float32"),
  );
}
