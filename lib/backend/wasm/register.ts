/** Registers this project's kernels with tfjs. */

import * as tf from "@tensorflow/tfjs-core";
import { batchNormReluGradient } from "./batch_norm_kernel.ts";
import { channelMoments, channelSum } from "./channel_kernels.ts";
import { convolve3x3, convolve3x3InputGradient } from "./convolve_kernel.ts";
import {
  applyDropout,
  applyDropoutOver,
  drawDropout,
} from "./dropout_kernels.ts";
import { convolve3x3FilterGradient } from "./filter_gradient_kernel.ts";
import type { KernelCall } from "./heap.ts";
import { matMul } from "./mat_mul_kernel.ts";
import {
  maxPool,
  maxPoolGradient,
  maxPoolGradientOver,
} from "./max_pool_kernels.ts";
import { matMulRmspropStep, rmspropStep } from "./rmsprop_kernel.ts";
import {
  scaleShiftRelu,
  scaleShiftReluGradient,
} from "./scale_shift_kernels.ts";

/** Kernels that tfjs lacks. */
const OWN: Record<string, unknown> = {
  ApplyDropout: applyDropout,
  ApplyDropoutOver: applyDropoutOver,
  BatchNormReluGradient: batchNormReluGradient,
  ChannelMoments: channelMoments,
  ChannelSum: channelSum,
  Convolve3x3: convolve3x3,
  Convolve3x3InputGradient: convolve3x3InputGradient,
  DrawDropout: drawDropout,
  MatMulRmspropStep: matMulRmspropStep,
  MaxPool2GradientOver: maxPoolGradientOver,
  RmspropStep: rmspropStep,
  ScaleShiftRelu: scaleShiftRelu,
  ScaleShiftReluGradient: scaleShiftReluGradient,
};

/** Kernels that replace tfjs's in the cases that they support. */
const OVERRIDES: readonly [
  name: string,
  supports: (call: KernelCall<string>) => boolean,
  kernel: unknown,
][] = [
  [tf.BatchMatMul, isMatMul, matMul],
  [tf.Conv2D, isConvolve3x3, convolve3x3],
  [tf.Conv2DBackpropInput, isConvolve3x3, convolve3x3InputGradient],
  [tf.Conv2DBackpropFilter, isConvolve3x3, convolve3x3FilterGradient],
  [tf.MaxPool, isMaxPool2, maxPool],
  [tf.MaxPoolGrad, isMaxPool2, maxPoolGradient],
];

let registered = false;

/** Registers this project's kernels for "wasm"; a second call does nothing. */
export function registerWasmKernels(): void {
  if (registered) return;
  registered = true;
  for (const [name, kernel] of Object.entries(OWN)) {
    register(name, kernel as tf.KernelFunc);
  }
  for (const [name, supports, kernel] of OVERRIDES) {
    const stock = tf.getKernel(name, "wasm")?.kernelFunc;
    // tfjs warns about a second registration unless the first is removed.
    if (stock !== undefined) tf.unregisterKernel(name, "wasm");
    register(name, (call) => {
      const isOurs = supports(call as unknown as KernelCall<string>);
      const run = isOurs ? kernel as tf.KernelFunc : stock;
      if (run !== undefined) return run(call);
      throw new RangeError(
        `Cannot run ${name} on wasm: only 3x3 filters with stride 1 and ` +
          '"same" padding are supported',
      );
    });
  }
}

function register(kernelName: string, kernelFunc: tf.KernelFunc): void {
  tf.registerKernel({ kernelName, backendName: "wasm", kernelFunc });
}

function isMatMul({ inputs: { a, b } }: KernelCall<string>): boolean {
  return a.shape.length === 2 && b.shape.length === 2;
}

function isConvolve3x3({ inputs, attrs }: KernelCall<string>): boolean {
  const { strides, dilations = 1, pad, dataFormat } = attrs;
  const [height, width] = attrs.filterShape as number[] ?? inputs.filter.shape;
  // Explicit padding by one pixel is the same.
  return height === 3 && width === 3 && isPair(strides, 1) &&
    isPair(dilations, 1) && (pad === "same" || pad === 1) &&
    dataFormat === "NHWC";
}

function isMaxPool2({ inputs, attrs }: KernelCall<string>): boolean {
  const { filterSize, strides, pad } = attrs;
  const { dtype, shape } = inputs.input ?? inputs.x;
  const even = shape[1] % 2 === 0 && shape[2] % 2 === 0;
  // On even sizes "same" pads nothing.
  return dtype === "float32" && isPair(filterSize, 2) && isPair(strides, 2) &&
    (pad === "valid" || pad === 0 || (pad === "same" && even));
}

/** Whether an attribute is this number or a pair of it. */
function isPair(value: unknown, expected: number): boolean {
  return Array.isArray(value)
    ? value.every((element) => element === expected)
    : value === expected;
}
