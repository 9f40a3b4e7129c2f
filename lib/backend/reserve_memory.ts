import * as tf from "@tensorflow/tfjs-core";
import { heapAllocator } from "./open_wasm.ts";

/**
 * Tells the open backend how much memory the work to come needs at most, so
 * that on wasm it lies together. Other backends need no such word.
 *
 * @param bytes of all tensors that stand at a time, and some for the gaps
 * between them.
 * @throws {RangeError} if the wasm heap cannot hold so much.
 */
export function reserveMemory(bytes: number): void {
  if (tf.getBackend() === "wasm") heapAllocator()?.reserve(bytes);
}
