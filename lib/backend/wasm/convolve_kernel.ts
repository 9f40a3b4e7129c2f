/** The wasm kernels of the 3x3 convolution and its input gradient. */

import type * as tf from "@tensorflow/tfjs-core";
import { convolveDirectly } from "./direct_convolution.ts";
import {
  addressOf,
  assertFloat,
  type KernelCall,
  type WasmBackend,
  withHeap,
} from "./heap.ts";
import { kernels } from "./kernel_module.ts";
import {
  type Convolution,
  convolveByWinograd,
  isWinogradFaster,
} from "./winograd_convolution.ts";

/** Inputs of the kernel "Convolve3x3". */
export interface ConvolveInputs {
  x: tf.TensorInfo;
  filter: tf.TensorInfo;
  bias?: tf.TensorInfo;
}

/**
 * 3x3 convolution, stride 1, "same" padding, with an optional bias and, where
 * the attribute `rectify` is set, a ReLU.
 */
export function convolve3x3(call: KernelCall<ConvolveInputs>): tf.TensorInfo {
  const { inputs: { x, filter, bias }, backend, attrs } = call;
  assertFloat("convolve", x, filter);
  const [batch, height, width, ci] = x.shape;
  const co = filter.shape[3];
  const y = backend.makeOutput([batch, height, width, co], "float32");
  convolve(backend, {
    x: addressOf(backend, x),
    filter: addressOf(backend, filter),
    y: addressOf(backend, y),
    shape: { batch, height, width, ci, co },
    shift: bias && addressOf(backend, bias),
    relu: attrs.rectify === true,
  });
  return y;
}

/** Inputs of the kernel "RectifiedConvolve3x3InputGradient". */
export interface RectifiedGradientInputs {
  dy: tf.TensorInfo;
  filter: tf.TensorInfo;
  rectified: tf.TensorInfo;
}

/** The input gradient, and the gradient of the ReLU before the convolution. */
export function rectifiedConvolve3x3InputGradient(
  { inputs: { dy, filter, rectified }, backend }: KernelCall<
    RectifiedGradientInputs
  >,
): tf.TensorInfo {
  return convolve3x3InputGradient(backend, dy, filter, rectified);
}

/** The input gradient: a convolution with the rotated filter. */
export function convolve3x3InputGradient(
  backend: WasmBackend,
  dy: tf.TensorInfo,
  filter: tf.TensorInfo,
  rectified?: tf.TensorInfo,
): tf.TensorInfo {
  assertFloat("compute the convolution's input gradient", dy, filter);
  const [batch, height, width, co] = dy.shape;
  const ci = filter.shape[2];
  const dx = backend.makeOutput([batch, height, width, ci], "float32");
  withHeap(backend, [9 * ci * co * 4], (rotated) => {
    kernels().turnFilter(addressOf(backend, filter), rotated, ci, co);
    convolve(backend, {
      x: addressOf(backend, dy),
      filter: rotated,
      y: addressOf(backend, dx),
      shape: { batch, height, width, ci: co, co: ci },
      gate: rectified && addressOf(backend, rectified),
    });
  });
  return dx;
}

function convolve(backend: WasmBackend, convolution: Convolution): void {
  if (isWinogradFaster(convolution.shape)) {
    convolveByWinograd(backend, convolution);
  } else {
    convolveDirectly(backend, convolution);
  }
}
