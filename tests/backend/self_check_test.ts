/** The kernels are compared with known results before they are used. */

import assert from "node:assert/strict";
import { RunError } from "../../lib/cli/errors.ts";
import { openBackend } from "../../lib/backend/open.ts";
import { checkKernels } from "../../lib/backend/self_check/check_kernels.ts";
import { computeSamples } from "../../lib/backend/self_check/samples.ts";
import known from "../../lib/backend/self_check/digests.json" with {
  type: "json",
};
import { valuesOf } from "../../lib/backend/wasm/heap.ts";

await openBackend("wasm");

Deno.test("the kernels give the known results", async () => {
  await checkKernels();
});

Deno.test("one wrong bit in any group of results is refused", async () => {
  for (const name of Object.keys(known)) {
    const wrong = () => {
      const results = computeSamples();
      const { buffer, byteOffset } = valuesOf(results[name].at(-1)!);
      new Uint8Array(buffer, byteOffset)[0] ^= 1;
      return results;
    };
    await assert.rejects(checkKernels("cnn", wrong), (error) => {
      assert.ok(error instanceof RunError);
      assert.equal(
        error.message,
        `Cannot compute with V8's flags for speed: the results of ${name} ` +
          "are not the known ones, so V8 has compiled the kernels wrongly here",
      );
      assert.match(error.remedy!, / task cnn:safe$/);
      return true;
    });
  }
});
