/** Each kernels.wasm belongs to its sources. */

import assert from "node:assert/strict";
import { digestOfSources, sha256 } from "../../lib/kernels/digest.ts";
import { kernelModules } from "../../lib/kernels/modules.ts";

// The compiler reads CI, to decide on its colors.
const mayCompile =
  (await Deno.permissions.query({ name: "env", variable: "CI" })).state ===
    "granted";
if (!mayCompile) {
  console.warn("SKIPPING THE REBUILD OF THE KERNELS: no --allow-env=CI");
}

for (const module of kernelModules) {
  const { folder, memory } = module;
  const name = folder.pathname.split("/").slice(-3).join("/");
  const readBinary = () => Deno.readFile(new URL("kernels.wasm", folder));

  Deno.test(`${name}kernels.wasm was built from the sources beside it`, async () => {
    const stored = JSON.parse(
      await Deno.readTextFile(new URL("kernels.json", folder)),
    );
    const remedy = "run deno task kernels";
    assert.equal(await digestOfSources(module), stored.sources, remedy);
    assert.equal(await sha256(await readBinary()), stored.binary, remedy);
  });

  Deno.test({
    name: `compiling the sources gives ${name}kernels.wasm byte for byte`,
    ignore: !mayCompile,
    fn: async () => {
      const { compileKernels } = await import("../../lib/kernels/compile.ts");
      assert.equal(
        await sha256(await compileKernels(module)),
        await sha256(await readBinary()),
      );
    },
  });

  Deno.test(`${name}kernels.wasm uses no relaxed SIMD`, async () => {
    // Relaxed instructions are 0xfd and then 0x100 to 0x113 as LEB128.
    const binary = await readBinary();
    const relaxed = binary.findIndex((byte, index) =>
      byte === 0xfd && binary[index + 1] >= 0x80 &&
      binary[index + 1] <= 0x93 && binary[index + 2] === 2
    );
    assert.equal(relaxed, -1);
  });

  Deno.test(`${name}kernels.wasm has one memory that reserves 4 GiB`, async () => {
    const binary = await readBinary();
    const compiled = new WebAssembly.Module(binary);
    assert.deepEqual(
      WebAssembly.Module.imports(compiled),
      memory === "tfjs"
        ? [
          { module: "env", name: "wide", kind: "global" },
          { module: "env", name: "memory", kind: "memory" },
        ]
        : [],
    );
    // A memory with a maximum of 65,536 pages (LEB128): imported and shared,
    // or the only one of the memory section.
    const hex = binary.toHex();
    assert.match(
      hex,
      memory === "tfjs"
        ? /066d656d6f72790203(?:..){1,3}808004/
        : /0506010101808004/,
    );
  });
}
