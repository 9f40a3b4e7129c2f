import type * as tf from "@tensorflow/tfjs-core";
import { assertFloat, imageAddresses, type WasmBackend } from "./heap.ts";
import { valuesOf } from "./heap.ts";
import { runPieces } from "./pieces.ts";

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
  const size = [1, height, width, channels];
  const images = imageAddresses(backend, [x, y]);
  const pieces = images.map((addresses) => [...addresses, ...size]);
  runPieces(backend, "maxPool", pieces);
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
  const [, height, width, channels] = x.shape;
  const dx = backend.makeOutput(x.shape, "float32");
  // The kernel writes whole windows only.
  if (height % 2 === 1 || width % 2 === 1) valuesOf(backend, dx).fill(0);
  const size = [1, height, width, channels];
  const images = imageAddresses(backend, [dy, x, y, dx]);
  const pieces = images.map((addresses) => [...addresses, ...size]);
  runPieces(backend, "maxPoolGradient", pieces);
  return dx;
}
