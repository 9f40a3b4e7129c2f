/** Loads kernels.wasm. */

import { kernelImports } from "./kernel_imports.ts";

/** The functions of kernels.wasm; all arguments are addresses or sizes. */
export type KernelName =
  | "applyDropout"
  | "batchNormReluApply"
  | "batchNormReluSums"
  | "channelSums"
  | "convolve"
  | "convolveNarrow"
  | "drawDropout"
  | "filterGradient"
  | "matMul"
  | "matMulRmsprop"
  | "maxPool"
  | "maxPoolGradient"
  | "packFilter"
  | "packNarrowFilter"
  | "rmspropStep"
  | "scaleShiftRelu"
  | "scaleShiftReluGradient"
  | "sumParts"
  | "turnFilter"
  | "winogradConvolve"
  | "winogradFilter"
  | "winogradFilterGradient";

/** The functions of kernels.wasm that return how many bytes a kernel needs. */
export type SizeName =
  | "convolveScratch"
  | "filterGradientScratch"
  | "matMulScratch"
  | "winogradConvolveScratch"
  | "winogradFilterBytes"
  | "winogradFilterGradientScratch";

type Kernels =
  & Record<KernelName, (...numbers: number[]) => void>
  & Record<SizeName, (...numbers: number[]) => number>;

/** kernels.wasm on tfjs's memory. */
export interface LoadedKernels {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly functions: Kernels;
}

let loaded: LoadedKernels | null = null;

/**
 * Loads kernels.wasm on the memory of tfjs's tensors. A second call does
 * nothing.
 *
 * @param memory tfjs's own linear memory.
 * @throws {Error} when the file is missing or is not readable.
 */
export async function loadKernels(memory: WebAssembly.Memory): Promise<void> {
  if (loaded !== null) return;
  const url = new URL("../kernels/kernels.wasm", import.meta.url);
  let binary: Uint8Array<ArrayBuffer>;
  try {
    binary = await Deno.readFile(url);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `Cannot load lib/backend/kernels/kernels.wasm: ${reason}. ` +
        "Expected the file that lib/kernels/build.ts writes",
    );
  }
  const { module, instance } = await WebAssembly.instantiate(
    binary,
    kernelImports(memory),
  );
  const functions = instance.exports as unknown as Kernels;
  loaded = { module, memory, functions };
}

/** The loaded module; throws before {@linkcode loadKernels}. */
export function loadedKernels(): LoadedKernels {
  if (loaded === null) {
    throw new Error(
      "Cannot run a wasm kernel: none is loaded, expected openBackend first",
    );
  }
  return loaded;
}

/** The functions of the loaded module. */
export function kernels(): Kernels {
  return loadedKernels().functions;
}
