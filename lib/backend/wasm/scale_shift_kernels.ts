import type * as tf from "@tensorflow/tfjs-core";
import { pixelsAndChannels } from "./channel_kernels.ts";
import { addressOf, assertFloat, type KernelCall } from "./heap.ts";
import { kernels } from "./kernel_module.ts";

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
  kernels().scaleShiftRelu(
    addressOf(backend, x),
    addressOf(backend, scale),
    addressOf(backend, shift),
    addressOf(backend, y),
    pixels,
    channels,
  );
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
  kernels().scaleShiftReluGradient(
    addressOf(backend, dy),
    addressOf(backend, x),
    addressOf(backend, scale),
    addressOf(backend, shift),
    addressOf(backend, dx),
    pixels,
    channels,
  );
  return dx;
}
