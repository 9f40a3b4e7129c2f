/** Reserves memory on the open backend. */

import * as tf from "@tensorflow/tfjs-core";
import { heapAllocator } from "./open_wasm.ts";

/**
 * Reserves the largest amount of memory that the next work needs. On wasm it is
 * one block, which avoids gaps; other backends need no reservation.
 *
 * @param bytes of all tensors that exist at the same time, and some for the
 *   gaps between them.
 * @throws {RangeError} if the wasm heap cannot hold so much.
 */
export function reserveMemory(bytes: number): void {
  if (tf.getBackend() === "wasm") heapAllocator()?.reserve(bytes);
}
