/// <reference lib="deno.worker" />
/**
 * Fills the wasm heap with tensors that are never written. Posts how many bytes
 * it allocated, then the errors of one more tensor and of one reservation.
 */

import * as tf from "@tensorflow/tfjs-core";
import { openBackend } from "../../lib/backend/open.ts";
import { reserveMemory } from "../../lib/backend/reserve_memory.ts";
import type { WasmBackend } from "../../lib/backend/wasm/heap.ts";

const BYTES = 300_000_000;

await openBackend("wasm");
const backend = tf.backend() as unknown as WasmBackend;
const errors: unknown[] = [];
let allocated = 0;
while (errors.length === 0) {
  try {
    const { dataId } = backend.makeOutput([BYTES / 4], "float32");
    const { memoryOffset } = backend.dataIdMap.get(dataId);
    const end = memoryOffset + BYTES;
    if (end > backend.wasm.HEAPU8.length) throw new Error(`ends at ${end}`);
    allocated += BYTES;
  } catch (error) {
    errors.push(error);
  }
}
try {
  reserveMemory(BYTES);
} catch (error) {
  errors.push(error);
}
self.postMessage([allocated, ...errors].map(String));
