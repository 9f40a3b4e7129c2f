/** The WebAssembly modules that are built from AssemblyScript sources. */

/** A folder of sources that end in `.as`; `index.as` lists the exports. */
export interface KernelModule {
  /** Ends with a slash. `kernels.wasm` and `kernels.json` are written there. */
  readonly folder: URL;
  /**
   * `tfjs`: imports TensorFlow.js's memory, which threads share. `own`: exports
   * a memory of its own.
   */
  readonly memory: "tfjs" | "own";
}

export const kernelModules: readonly KernelModule[] = [
  { folder: new URL("../backend/kernels/", import.meta.url), memory: "tfjs" },
  { folder: new URL("../ml/kernels/", import.meta.url), memory: "own" },
];
