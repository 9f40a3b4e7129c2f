import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import {
  type BackendChoice,
  BackendUnavailable,
  openBackend,
} from "../../lib/backend/open.ts";
import { testOnEachBackend } from "./support.ts";

testOnEachBackend("opens by name and says what it is", (backend) => {
  assert.equal(backend.name, tf.getBackend());
  assert.equal(backend.deterministic, backend.name !== "webgpu");
  assert.ok(backend.maxBufferBytes >= 2 ** 27);
  assert.doesNotMatch(backend.description, /\n|undefined/);
});

Deno.test("an unknown backend is refused in one line", async () => {
  await assert.rejects(openBackend("cuda" as BackendChoice), {
    name: "BackendUnavailable",
    message: 'Cannot open the backend "cuda": it is unknown, expected auto, ' +
      "webgpu, wasm, cpu",
  });
});

Deno.test({
  name: "auto never takes a software adapter or the reference backend",
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
  // tfjs's own allocator would answer address 0 without a word. Virtual
  // memory only: nothing is written.
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

Deno.test("BackendUnavailable is an Error with its own name", () => {
  const error = new BackendUnavailable("no");
  assert.ok(error instanceof Error);
  assert.equal(error.name, "BackendUnavailable");
});
