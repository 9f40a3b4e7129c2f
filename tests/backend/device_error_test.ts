/** A device error ends all computing. */

import assert from "node:assert/strict";
import { whySkipped } from "../backends.ts";

const skipped = whySkipped("webgpu");

// A device error is fatal for its whole process, so each case has a worker.
const CASES = [
  "a tensor above the adapter's limit",
  "an error that the device reports later",
];

for (const title of CASES) {
  Deno.test({
    name: `webgpu: ${title} ends all computing` +
      (skipped ? ` (skipped: ${skipped})` : ""),
    ignore: skipped !== undefined,
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => {
      const thrown = await breakDevice(title);
      assert.match(thrown[0], /^BackendFailure: Cannot .+ on webgpu: .+$/);
      // Later work in the same process throws the same error.
      assert.deepEqual(thrown, [thrown[0], thrown[0], thrown[0]]);
    },
  });
}

async function breakDevice(title: string): Promise<string[]> {
  const url = new URL("./device_error_worker.ts", import.meta.url);
  const worker = new Worker(url, { type: "module" });
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = (event) => resolve(event.data);
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage(title);
    });
  } finally {
    worker.terminate();
  }
}
