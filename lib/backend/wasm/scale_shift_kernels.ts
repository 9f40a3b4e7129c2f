/** The wasm kernels of scale, shift and ReLU, and of their gradient. */

import type * as tf from "@tensorflow/tfjs-core";
import { pixelsAndChannels } from "./channel_kernels.ts";
import { addressOf, assertFloat, type KernelCall } from "./heap.ts";
import { parallelFor, rangesOf } from "./parallel_for.ts";

/** Inputs of "ScaleShiftRelu". */
export interface ScaleShiftInputs {
  x: tf.TensorInfo;
  scale: tf.TensorInfo;
  shift: tf.TensorInfo;
}

/** Inputs of "ScaleShiftReluGradient". */
export interface ScaleShiftGradientInputs extends ScaleShiftInputs {
  dy: tf.TensorInfo;
}

/** max(0, x * scale + shift). */
export function scaleShiftRelu(
  call: KernelCall<ScaleShiftInputs>,
): tf.TensorInfo {
  const { inputs: { x, scale, shift }, backend } = call;
  assertFloat("scale, shift and rectify", x, scale, shift);
  const { pixels, channels } = pixelsAndChannels(x);
  const y = backend.makeOutput(x.shape, "float32");
  const [source, target] = [addressOf(backend, x), addressOf(backend, y)];
  const factors = [addressOf(backend, scale), addressOf(backend, shift)];
  const chunks = rangesOf(pixels, channels).map(({ first, count }) => {
    const offset = first * channels * 4;
    return [source + offset, ...factors, target + offset, count, channels];
  });
  parallelFor(backend, "scaleShiftRelu", chunks);
  return y;
}

/** dy * scale where x * scale + shift > 0, else 0. */
export function scaleShiftReluGradient(
  call: KernelCall<ScaleShiftGradientInputs>,
): tf.TensorInfo {
  const { inputs: { dy, x, scale, shift }, backend } = call;
  assertFloat("compute the gradient of a rectifier", dy, x, scale, shift);
  const { pixels, channels } = pixelsAndChannels(x);
  const dx = backend.makeOutput(x.shape, "float32");
  const sources = [addressOf(backend, dy), addressOf(backend, x)];
  const target = addressOf(backend, dx);
  const factors = [addressOf(backend, scale), addressOf(backend, shift)];
  const chunks = rangesOf(pixels, channels).map(({ first, count }) => {
    const offset = first * channels * 4;
    const starts = sources.map((address) => address + offset);
    return [...starts, ...factors, target + offset, count, channels];
  });
  parallelFor(backend, "scaleShiftReluGradient", chunks);
  return dx;
}
