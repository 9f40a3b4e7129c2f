/** Compiles kernels from their AssemblyScript sources. */

import asc from "assemblyscript/asc";
import { type KernelModule, sourcesOf } from "./modules.ts";

/**
 * Either memory may grow to 4 GiB, and V8 reserves as many addresses for it. So
 * an address out of bounds reaches no foreign memory even where V8 does not
 * check the bounds.
 */
const MEMORY = {
  tfjs: ["--importMemory", "--sharedMemory", "--enable=threads"],
  own: ["--initialMemory=1"],
};

/**
 * Compiles a module's AssemblyScript sources. They end in `.as`, so that Deno's
 * own type checker leaves them alone.
 *
 * Plain SIMD only: relaxed SIMD would give other bits on other processors. The
 * module has no runtime and no data.
 *
 * @returns the binary, the same bytes for the same sources.
 * @throws {Error} with the compiler's messages. Needs to read
 *   the folder and the environment's CI (for colors).
 */
export async function compileKernels(
  module: KernelModule,
): Promise<Uint8Array<ArrayBuffer>> {
  const sources = await sourcesOf(module);
  let binary: Uint8Array<ArrayBuffer> | null = null;
  const options = [
    "index.ts",
    "--outFile=kernels.wasm",
    "--runtime=stub",
    ...MEMORY[module.memory],
    "--maximumMemory=65536",
    "--enable=simd",
    "--optimizeLevel=3",
    "--shrinkLevel=0",
    "--noAssert",
    "--use=abort=",
  ];
  const { error, stderr } = await asc.main(options, {
    readFile: (name: string) => readSource(sources, name),
    writeFile: (_name: string, contents: string | Uint8Array) => {
      if (contents instanceof Uint8Array) binary = new Uint8Array(contents);
    },
    listFiles: () => [],
  });
  if (error !== null || binary === null) {
    throw new Error(`Cannot compile the kernels: ${stderr.toString()}`);
  }
  return binary;
}

/** The text of a source; null where there is none of this name. */
async function readSource(
  sources: ReadonlyMap<string, URL>,
  name: string,
): Promise<string | null> {
  // The compiler only knows names in .ts and asks for many of its own.
  const url = sources.get(name.replace(/\.ts$/, ".as"));
  return url === undefined ? null : await Deno.readTextFile(url);
}
