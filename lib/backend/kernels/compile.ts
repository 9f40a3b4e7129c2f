/** Compiles the kernels from their AssemblyScript sources. */

import asc from "assemblyscript/asc";

const FOLDER = new URL("./", import.meta.url);

/**
 * Compiles the AssemblyScript sources of this folder. They end in `.as`, so
 * that Deno's own type checker leaves them alone.
 *
 * Plain SIMD only: relaxed SIMD would give other bits on other processors. The
 * module has no runtime, no data and no memory of its own; it imports one.
 *
 * @returns the binary, the same bytes for the same sources.
 * @throws {Error} with the compiler's messages. Needs to read
 *   this folder and the environment's CI (for colors).
 */
export async function compileKernels(): Promise<Uint8Array<ArrayBuffer>> {
  let binary: Uint8Array<ArrayBuffer> | null = null;
  const options = [
    "index.ts",
    "--outFile=kernels.wasm",
    "--runtime=stub",
    "--importMemory",
    "--sharedMemory",
    "--maximumMemory=65536",
    "--enable=simd",
    "--enable=threads",
    "--optimizeLevel=3",
    "--shrinkLevel=0",
    "--noAssert",
    "--use=abort=",
  ];
  const { error, stderr } = await asc.main(options, {
    readFile: readSource,
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

async function readSource(name: string): Promise<string | null> {
  // The compiler only knows names in .ts and asks for many of its own.
  if (!/^[a-z_]+\.ts$/.test(name)) return null;
  try {
    return await Deno.readTextFile(
      new URL(name.replace(/\.ts$/, ".as"), FOLDER),
    );
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
