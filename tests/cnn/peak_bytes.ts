/** How many bytes of the wasm heap some work takes. */

import * as tf from "@tensorflow/tfjs-core";
import type { WasmBackend } from "../../lib/backend/wasm/heap.ts";

/** The most bytes of the wasm heap that are taken at a time during `work`. */
export async function peakBytes(
  work: () => Promise<void> | void,
): Promise<number> {
  const { wasm } = tf.backend() as unknown as WasmBackend;
  const { _malloc, _free } = wasm;
  const taken = new Map<number, number>();
  let now = 0;
  let peak = 0;
  wasm._malloc = (bytes) => {
    const address = _malloc(bytes);
    taken.set(address >>> 0, bytes);
    now += bytes;
    peak = Math.max(peak, now);
    return address;
  };
  wasm._free = (address) => {
    now -= taken.get(address >>> 0) ?? 0;
    taken.delete(address >>> 0);
    _free(address);
  };
  try {
    await work();
  } finally {
    Object.assign(wasm, { _malloc, _free });
  }
  return peak;
}
