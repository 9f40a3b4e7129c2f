/** The wasm kernels of 2x2 max pooling and its gradient. */

import type * as tf from "@tensorflow/tfjs-core";
import {
  assertFloat,
  imageAddresses,
  type KernelCall,
  valuesOf,
  type WasmBackend,
} from "./heap.ts";
import { parallelFor } from "./parallel_for.ts";

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
  const chunks = images.map((addresses) => [...addresses, ...size]);
  parallelFor(backend, "maxPool", chunks);
  return y;
}

/** Its gradient; of equal elements the first in row-major order gets it. */
export function maxPoolGradient(
  backend: WasmBackend,
  dy: tf.TensorInfo,
  x: tf.TensorInfo,
  y: tf.TensorInfo,
): tf.TensorInfo {
  const dx = backend.makeOutput(x.shape, "float32");
  writeGradient(backend, dy, x, y, dx);
  return dx;
}

/** Inputs of "MaxPool2GradientOver"; x changes in place. */
export interface MaxPoolGradientInputs {
  dy: tf.TensorInfo;
  x: tf.TensorInfo;
  y: tf.TensorInfo;
}

/** Writes the gradient over x; returns an empty tensor, as kernels must. */
export function maxPoolGradientOver(
  { inputs: { dy, x, y }, backend }: KernelCall<MaxPoolGradientInputs>,
): tf.TensorInfo {
  writeGradient(backend, dy, x, y, x);
  return backend.makeOutput([0], "float32");
}

/** `dx` may be x: a window is read before it is written. */
function writeGradient(
  backend: WasmBackend,
  dy: tf.TensorInfo,
  x: tf.TensorInfo,
  y: tf.TensorInfo,
  dx: tf.TensorInfo,
): void {
  assertFloat("compute the max pool's gradient", dy, x, y);
  const [, height, width, channels] = x.shape;
  const size = [1, height, width, channels];
  const images = imageAddresses(backend, [dy, x, y, dx]);
  const chunks = images.map((addresses) => [...addresses, ...size]);
  parallelFor(backend, "maxPoolGradient", chunks);
  clearOddEdges(valuesOf(backend, dx), dx.shape);
}

/** The kernel writes whole windows; values outside of them get gradient 0. */
function clearOddEdges(
  values: Float32Array,
  [batch, height, width, channels]: number[],
): void {
  const row = width * channels;
  for (let image = 0; image < batch; image++) {
    const start = image * height * row;
    if (height % 2 === 1) {
      values.fill(0, start + (height - 1) * row, start + height * row);
    }
    if (width % 2 === 1) {
      for (let end = start + row; end <= start + height * row; end += row) {
        values.fill(0, end - channels, end);
      }
    }
  }
}
