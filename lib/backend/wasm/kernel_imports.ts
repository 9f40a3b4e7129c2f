/** What kernels.wasm imports. */

import { hasWideVectors } from "../v8_flags.ts";

/**
 * The imports of an instance of kernels.wasm in this thread.
 *
 * @param memory what the kernels work on, tfjs's.
 * @param wide whether V8 makes 256-bit vectors of its vectors; the results are
 *   the same. By default as this thread's flags say.
 */
export function kernelImports(
  memory: WebAssembly.Memory,
  wide = hasWideVectors(),
): WebAssembly.Imports {
  return { env: { memory, wide: wide ? 1 : 0 } };
}
