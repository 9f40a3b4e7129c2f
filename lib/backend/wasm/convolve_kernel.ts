import type * as tf from "@tensorflow/tfjs-core";
import {
  addressOf,
  assertFloat,
  type KernelCall,
  type WasmBackend,
} from "./heap.ts";
import { floatsAt, valuesOf, withScratch } from "./heap.ts";
import { kernels } from "./kernel_module.ts";

/** Inputs of the kernel "Convolve3x3". */
export interface ConvolveInputs {
  x: tf.TensorInfo;
  filter: tf.TensorInfo;
  bias?: tf.TensorInfo;
}

/** 3x3 convolution, stride 1, "same" padding, with an optional bias. */
export function convolve3x3(call: KernelCall<ConvolveInputs>): tf.TensorInfo {
  const { inputs: { x, filter, bias }, backend, attrs } = call;
  assertFloat("convolve", x, filter);
  const [, , ci, co] = filter.shape;
  const y = backend.makeOutput([...x.shape.slice(0, 3), co], "float32");
  run(backend, x, addressOf(backend, filter), ci, co, bias, y);
  if (attrs.rectify) {
    const values = valuesOf(backend, y);
    for (let i = 0; i < values.length; i++) if (values[i] < 0) values[i] = 0;
  }
  return y;
}

/** The input gradient: a convolution with the turned filter. */
export function convolve3x3InputGradient(
  backend: WasmBackend,
  dy: tf.TensorInfo,
  filter: tf.TensorInfo,
): tf.TensorInfo {
  assertFloat("compute the convolution's input gradient", dy, filter);
  const [, , ci, co] = filter.shape;
  const dx = backend.makeOutput([...dy.shape.slice(0, 3), ci], "float32");
  withScratch(backend, [9 * ci * co * 4], (turned) => {
    kernels().turnFilter(addressOf(backend, filter), turned, ci, co);
    run(backend, dy, turned, co, ci, undefined, dx);
  });
  return dx;
}

function run(
  backend: WasmBackend,
  x: tf.TensorInfo,
  filter: number,
  ci: number,
  co: number,
  bias: tf.TensorInfo | undefined,
  y: tf.TensorInfo,
): void {
  const [batch, height, width] = x.shape;
  // Up to two output channels, vectors along the input are less wasteful.
  const narrow = co <= 2;
  const lanes = Math.ceil(co / 8) * 8;
  const run = Math.ceil(3 * ci / 4) * 4;
  const packedFloats = narrow ? co * 3 * run : 9 * ci * lanes;
  const paddedFloats = (height + 2) * (Math.max(width, 4) + 2) * ci + 4;
  const floats = [packedFloats, paddedFloats, lanes, 32];
  const sizes = floats.map((count) => count * 4);
  withScratch(backend, sizes, (packed, padded, biases, tile) => {
    if (bias) {
      const values = floatsAt(backend, addressOf(backend, bias), co);
      floatsAt(backend, biases, co).set(values);
    }
    const from = addressOf(backend, x);
    const to = addressOf(backend, y);
    const { convolve, convolveNarrow, packFilter, packNarrowFilter } =
      kernels();
    const shape = [batch, height, width, ci, co];
    if (narrow) {
      packNarrowFilter(filter, packed, ci, co);
      convolveNarrow(from, packed, biases, to, ...shape, padded);
    } else {
      packFilter(filter, packed, ci, co);
      convolve(from, packed, biases, to, ...shape, padded, tile);
    }
  });
}
