/** The wasm kernels of 2x2 max pooling and its gradient. */

import type * as tf from "@tensorflow/tfjs-core";
import {
  assertFloat,
  imageAddresses,
  type KernelCall,
  makeOutput,
} from "./heap.ts";
import { parallelFor } from "./parallel_for.ts";

/** 2x2 max pooling with stride 2, no padding. */
export function maxPool({ inputs: { x } }: KernelCall<"x">): tf.TensorInfo {
  assertFloat("max-pool", x);
  const [batch, height, width, channels] = x.shape;
  const y = makeOutput([batch, height >> 1, width >> 1, channels]);
  runOnImages("maxPool", x, [x, y]);
  return y;
}

/** Its gradient; of equal elements the first in row-major order gets it. */
export function maxPoolGradient(
  { inputs: { dy, input, output } }: KernelCall<"dy" | "input" | "output">,
): tf.TensorInfo {
  assertFloat("compute the max pool's gradient", dy, input, output);
  const dx = makeOutput(input.shape);
  runOnImages("maxPoolGradient", input, [dy, input, output, dx]);
  return dx;
}

/** The same, written over the input. */
export function maxPoolGradientOver(
  { inputs: { dy, input, output } }: KernelCall<"dy" | "input" | "output">,
): tf.TensorInfo[] {
  assertFloat("compute the max pool's gradient", dy, input, output);
  runOnImages("maxPoolGradient", input, [dy, input, output, input]);
  return [];
}

function runOnImages(
  kernel: "maxPool" | "maxPoolGradient",
  { shape: [, ...size] }: tf.TensorInfo,
  tensors: readonly tf.TensorInfo[],
): void {
  const images = imageAddresses(tensors);
  parallelFor(kernel, images.map((addresses) => [...addresses, ...size]));
}
