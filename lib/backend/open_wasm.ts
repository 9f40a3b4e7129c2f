/** Opens tfjs's wasm backend with this project's kernels. */

import * as tf from "@tensorflow/tfjs-core";
// For its side effect only: it registers the backend "wasm".
import "@tensorflow/tfjs-backend-wasm";
import { InputError, rerun } from "../cli/errors.ts";
import type { Backend } from "./backend.ts";
import { describeBackend } from "./backend_names.ts";
import { checkKernels } from "./self_check/check_kernels.ts";
import { hasWideVectors } from "./v8_flags.ts";
import { Allocator } from "./wasm/allocator.ts";
import { wasmBackend } from "./wasm/heap.ts";
import { loadKernels } from "./wasm/kernel_module.ts";
import { registerWasmKernels } from "./wasm/register.ts";
import { declareMemoryShared } from "./wasm/shared_memory.ts";

let sharedMemory: WebAssembly.Memory | null = null;
let allocator: Allocator | null = null;
let isChecked = false;

/**
 * Opens tfjs's wasm backend and adds this project's kernels to it.
 *
 * @param stage the stage that can run with another backend instead.
 * @throws {InputError} when the processor has no SIMD.
 * @throws {RunError} when V8's flags for speed give wrong results.
 */
export async function openWasm(stage?: string): Promise<Backend> {
  // Every Deno that runs this code knows SIMD.
  if (!await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT")) {
    throw new InputError(
      "Cannot open the backend wasm: this processor has no WebAssembly SIMD, " +
        "which needs SSE4.1 and SSSE3, or a V8 flag turns it off",
      stage === undefined ? undefined : rerun(stage, { backend: "cpu" }),
    );
  }
  // The SIMD binary without threads: with tfjs's own threads, sums would depend
  // on the machine.
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  if (sharedMemory === null) {
    sharedMemory = await captureMemory(async () => {
      if (!await tf.setBackend("wasm")) {
        throw new Error(
          "Cannot open the backend wasm: tfjs could not start it, expected " +
            "the .wasm files of tfjs-backend-wasm beside its code",
        );
      }
    });
    allocator = new Allocator(wasmBackend());
  }
  if (sharedMemory === null) {
    throw new Error(
      "Cannot open the backend wasm: other code opened tfjs's wasm backend " +
        "first, expected openBackend to be the first",
    );
  }
  await tf.setBackend("wasm");
  await loadKernels(sharedMemory);
  registerWasmKernels();
  if (hasWideVectors() && !isChecked) {
    await checkKernels(stage);
    isChecked = true;
  }
  return {
    name: "wasm",
    description: describeBackend("wasm", tf.version_core, "SIMD"),
    deterministic: true,
    maxBufferBytes: 2 ** 31 - 2 ** 16,
  };
}

/** The heap's allocator; null before the backend is open. */
export function heapAllocator(): Allocator | null {
  return allocator;
}

/**
 * Runs `start` and returns the memory of the last wasm module that it creates,
 * which threads can share. tfjs does not export its WebAssembly.Memory, and our
 * kernels must work on its tensors without a copy, which would take longer than
 * the kernels.
 */
async function captureMemory(
  start: () => Promise<void>,
): Promise<WebAssembly.Memory | null> {
  let memory: WebAssembly.Memory | null = null;
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = (async (
    source: ArrayBuffer | Uint8Array,
    imports?: WebAssembly.Imports,
  ) => {
    const result = await instantiate(
      declareMemoryShared(new Uint8Array(source)),
      imports,
    );
    for (const value of Object.values(result.instance.exports)) {
      if (value instanceof WebAssembly.Memory) memory = value;
    }
    return result;
  }) as typeof WebAssembly.instantiate;
  try {
    await start();
  } finally {
    WebAssembly.instantiate = instantiate;
  }
  return memory;
}
