import type * as tf from "@tensorflow/tfjs-core";
import { addressOf, assertFloat, type WasmBackend } from "./heap.ts";
import { withScratch } from "./heap.ts";
import { kernels } from "./kernel_module.ts";

/** Gradient of the 3x3 convolution at its filter, `[3, 3, ci, co]`. */
export function convolve3x3FilterGradient(
  backend: WasmBackend,
  x: tf.TensorInfo,
  dy: tf.TensorInfo,
): tf.TensorInfo {
  assertFloat("compute the convolution's filter gradient", x, dy);
  const [batch, height, width, ci] = x.shape;
  const co = dy.shape[3];
  const result = backend.makeOutput([3, 3, ci, co], "float32");
  const small = ci < 4;
  const lanes = Math.ceil(co / 8) * 8;
  const channels = small ? ci : Math.ceil(ci / 4) * 4;
  const rows = small ? Math.ceil(3 * ci / 4) * 4 : 3 * channels;
  const floats = [
    (height + 2) * (width + 2) * channels + 8,
    width * lanes,
    3 * rows * lanes,
  ];
  const sizes = floats.map((count) => count * 4);
  withScratch(backend, sizes, (padded, panel, sum) => {
    kernels().filterGradient(
      addressOf(backend, x),
      addressOf(backend, dy),
      addressOf(backend, result),
      batch,
      height,
      width,
      ci,
      co,
      padded,
      panel,
      sum,
    );
  });
  return result;
}
