/** kernels.wasm belongs to its sources. */

import assert from "node:assert/strict";
import { digestOfSources, sha256 } from "../../lib/backend/kernels/digest.ts";

const FOLDER = new URL("../../lib/backend/kernels/", import.meta.url);

Deno.test("kernels.wasm was built from the sources beside it", async () => {
  const stored = JSON.parse(
    await Deno.readTextFile(new URL("kernels.json", FOLDER)),
  );
  const binary = await Deno.readFile(new URL("kernels.wasm", FOLDER));
  const remedy = "run deno task kernels";
  assert.equal(await digestOfSources(), stored.sources, remedy);
  assert.equal(await sha256(binary), stored.binary, remedy);
});

// The compiler reads CI, to decide on its colors.
const mayCompile =
  (await Deno.permissions.query({ name: "env", variable: "CI" })).state ===
    "granted";
if (!mayCompile) {
  console.warn("SKIPPING THE REBUILD OF THE KERNELS: no --allow-env=CI");
}

Deno.test({
  name: "compiling the sources gives kernels.wasm byte for byte",
  ignore: !mayCompile,
  fn: async () => {
    const { compileKernels } = await import(
      "../../lib/backend/kernels/compile.ts"
    );
    const binary = await Deno.readFile(new URL("kernels.wasm", FOLDER));
    assert.equal(await sha256(await compileKernels()), await sha256(binary));
  },
});

Deno.test("kernels.wasm uses no relaxed SIMD and brings no memory", async () => {
  const binary = await Deno.readFile(new URL("kernels.wasm", FOLDER));
  const module = new WebAssembly.Module(binary);
  assert.deepEqual(WebAssembly.Module.imports(module), [
    { module: "env", name: "memory", kind: "memory" },
  ]);
  // Relaxed instructions are 0xfd and then 0x100 to 0x113 as LEB128.
  const relaxed = binary.findIndex((byte, index) =>
    byte === 0xfd && binary[index + 1] >= 0x80 && binary[index + 1] <= 0x93 &&
    binary[index + 2] === 2
  );
  assert.equal(relaxed, -1);
});
