/** Compiles the kernels: deno task kernels. */

import "../../sandbox.ts";
import { compileKernels } from "./compile.ts";
import { digestOfSources, sha256 } from "./digest.ts";

const binary = await compileKernels();
const digests = {
  sources: await digestOfSources(),
  binary: await sha256(binary),
};
await Deno.writeFile(new URL("./kernels.wasm", import.meta.url), binary);
await Deno.writeTextFile(
  new URL("./kernels.json", import.meta.url),
  JSON.stringify(digests, null, 2) + "\n",
);
console.log(`kernels.wasm: ${binary.length} bytes, ${digests.binary}`);
