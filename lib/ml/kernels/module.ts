/** kernels.wasm, loaded once a thread. */

/** The functions of kernels.wasm; all arguments are addresses or numbers. */
type KernelName =
  | "addDotProducts"
  | "decomposeSymmetric"
  | "layOut"
  | "packPanels"
  | "searchClusters"
  | "setRandomState";

/** Those that return a number. */
type NumberName = "searchScratch" | "squareDistances";

type Exports =
  & { readonly memory: { readonly buffer: ArrayBuffer } & WebAssembly.Memory }
  & Record<KernelName, (...numbers: number[]) => void>
  & Record<NumberName, (...numbers: number[]) => number>;

let loaded: Exports | undefined;

/**
 * The kernels and their memory, which no other thread has. The first call in a
 * thread compiles them, which takes a few milliseconds.
 *
 * @throws {Error} when kernels.wasm is missing or not readable.
 */
export function mlKernels(): Exports {
  return loaded ??= load();
}

function load(): Exports {
  let binary: Uint8Array<ArrayBuffer>;
  try {
    binary = Deno.readFileSync(new URL("./kernels.wasm", import.meta.url));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `Cannot load lib/ml/kernels/kernels.wasm: ${reason}. ` +
        "Expected the file that lib/kernels/build.ts writes",
    );
  }
  const module = new WebAssembly.Module(binary);
  return new WebAssembly.Instance(module).exports as unknown as Exports;
}
