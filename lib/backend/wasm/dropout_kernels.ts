/** The wasm kernels of dropout. */

import * as tf from "@tensorflow/tfjs-core";
import {
  addressOf,
  assertFloat,
  type KernelCall,
  makeOutput,
  wasmBackend,
  withHeap,
} from "./heap.ts";
import { kernels } from "./kernel_module.ts";
import { parallelFor, rangesOf } from "./parallel_for.ts";

/**
 * A mask of a byte a value, which the attributes `undecided` and `limit`
 * decide. The generator's state, the attribute `state`, moves on.
 */
export function drawDropout({ attrs }: KernelCall<never>): tf.TensorInfo {
  const state = attrs.state as unknown as Int32Array;
  const shape = attrs.shape as number[];
  const mask = wasmBackend().makeOutput(shape, "bool");
  withHeap([state.byteLength], (address) => {
    const { buffer } = wasmBackend().wasm.HEAPU8;
    const words = new Int32Array(buffer, address, state.length);
    words.set(state);
    const size = tf.util.sizeFromShape(shape);
    const { undecided, limit } = attrs as Record<string, number>;
    kernels().drawDropout(addressOf(mask), size, undecided, limit, address);
    state.set(words);
  });
  return mask;
}

/** x times the attribute `kept` where the mask says so, and times 0 elsewhere. */
export function applyDropout(call: KernelCall<"x" | "mask">): tf.TensorInfo {
  const y = makeOutput(call.inputs.x.shape);
  multiply(call, y);
  return y;
}

/** The same, written over x. */
export function applyDropoutOver(
  call: KernelCall<"x" | "mask">,
): tf.TensorInfo[] {
  multiply(call, call.inputs.x);
  return [];
}

function multiply(
  { inputs: { x, mask }, attrs }: KernelCall<"x" | "mask">,
  y: tf.TensorInfo,
): void {
  assertFloat("apply dropout", x);
  const [from, bytes, to] = [x, mask, y].map(addressOf);
  const ranges = rangesOf(tf.util.sizeFromShape(x.shape), 1);
  const chunks = ranges.map(({ first, count }) => [
    ...[from + first * 4, bytes + first, to + first * 4],
    ...[count, attrs.kept as number],
  ]);
  parallelFor("applyDropout", chunks);
}
