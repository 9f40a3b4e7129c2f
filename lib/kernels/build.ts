/** Compiles the kernels of all modules: deno task kernels. */

import "../sandbox.ts";
import { compileKernels } from "./compile.ts";
import { digestOfSources, sha256 } from "./digest.ts";
import { kernelModules } from "./modules.ts";

for (const module of kernelModules) {
  const binary = await compileKernels(module);
  const digests = {
    sources: await digestOfSources(module),
    binary: await sha256(binary),
  };
  await Deno.writeFile(new URL("kernels.wasm", module.folder), binary);
  await Deno.writeTextFile(
    new URL("kernels.json", module.folder),
    JSON.stringify(digests, null, 2) + "\n",
  );
  const [name] = module.folder.pathname.match(/[^/]+\/[^/]+\/$/)!;
  console.log(`${name}kernels.wasm: ${binary.length} bytes, ${digests.binary}`);
}
