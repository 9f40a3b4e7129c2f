/** The wasm kernels of scale, shift and ReLU, and of their gradient. */

import type * as tf from "@tensorflow/tfjs-core";
import { pixelChunks } from "./channel_kernels.ts";
import { addressOf, assertFloat, type KernelCall, makeOutput } from "./heap.ts";
import { parallelFor } from "./parallel_for.ts";

/** max(0, x * scale + shift). */
export function scaleShiftRelu(
  { inputs: { x, scale, shift } }: KernelCall<"x" | "scale" | "shift">,
): tf.TensorInfo {
  assertFloat("scale, shift and rectify", x, scale, shift);
  const y = makeOutput(x.shape);
  const factors = [scale, shift].map(addressOf);
  parallelFor("scaleShiftRelu", pixelChunks([x, y], factors));
  return y;
}

/** dy * scale where x * scale + shift > 0, else 0. */
export function scaleShiftReluGradient(
  { inputs: { dy, x, scale, shift } }: KernelCall<
    "dy" | "x" | "scale" | "shift"
  >,
): tf.TensorInfo {
  assertFloat("compute the gradient of a rectifier", dy, x, scale, shift);
  const dx = makeOutput(x.shape);
  const factors = [scale, shift].map(addressOf);
  parallelFor("scaleShiftReluGradient", pixelChunks([dy, x, dx], factors));
  return dx;
}
