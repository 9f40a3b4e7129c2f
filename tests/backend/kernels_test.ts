import assert from "node:assert/strict";
import { digestOfSources, sha256 } from "../../lib/backend/kernels/digest.ts";

const FOLDER = new URL("../../lib/backend/kernels/", import.meta.url);

Deno.test("kernels.wasm was built from the sources beside it", async () => {
  const stored = JSON.parse(
    await Deno.readTextFile(new URL("kernels.json", FOLDER)),
  );
  const binary = await Deno.readFile(new URL("kernels.wasm", FOLDER));
  const mend = "run lib/backend/kernels/build.ts";
  assert.equal(await digestOfSources(), stored.sources, mend);
  assert.equal(await sha256(binary), stored.binary, mend);
});

// The compiler asks whether CI is set, for its colors.
const mayCompile =
  (await Deno.permissions.query({ name: "env", variable: "CI" })).state ===
    "granted";
if (!mayCompile) {
  console.warn("SKIPPING the kernels' rebuild: no --allow-env=CI");
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
  const relaxed = binary.findIndex((byte, at) =>
    byte === 0xfd && binary[at + 1] >= 0x80 && binary[at + 1] <= 0x93 &&
    binary[at + 2] === 2
  );
  assert.equal(relaxed, -1);
});
