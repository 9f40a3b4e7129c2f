import type * as tf from "@tensorflow/tfjs-core";
import { addressOf, assertFloat, type WasmBackend } from "./heap.ts";
import { valuesOf } from "./heap.ts";
import { kernels } from "./kernel_module.ts";

/** 2x2 max pooling with stride 2, no padding. */
export function maxPool(
  backend: WasmBackend,
  x: tf.TensorInfo,
): tf.TensorInfo {
  assertFloat("max-pool", x);
  const [batch, height, width, channels] = x.shape;
  const y = backend.makeOutput(
    [batch, height >> 1, width >> 1, channels],
    "float32",
  );
  kernels().maxPool(
    addressOf(backend, x),
    addressOf(backend, y),
    batch,
    height,
    width,
    channels,
  );
  return y;
}

/** Its gradient; of equal elements the first in row-major order gets it. */
export function maxPoolGradient(
  backend: WasmBackend,
  dy: tf.TensorInfo,
  x: tf.TensorInfo,
  y: tf.TensorInfo,
): tf.TensorInfo {
  assertFloat("compute the max pool's gradient", dy, x, y);
  const [batch, height, width, channels] = x.shape;
  const dx = backend.makeOutput(x.shape, "float32");
  // The kernel writes whole windows only.
  if (height % 2 === 1 || width % 2 === 1) valuesOf(backend, dx).fill(0);
  kernels().maxPoolGradient(
    addressOf(backend, dy),
    addressOf(backend, x),
    addressOf(backend, y),
    addressOf(backend, dx),
    batch,
    height,
    width,
    channels,
  );
  return dx;
}
