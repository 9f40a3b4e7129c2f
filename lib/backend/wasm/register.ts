/** Registers this project's kernels with tfjs. */

import * as tf from "@tensorflow/tfjs-core";
import { batchNormReluGradient } from "./batch_norm_kernel.ts";
import { channelMoments, channelSum } from "./channel_kernels.ts";
import {
  convolve3x3,
  rectifiedConvolve3x3InputGradient,
} from "./convolve_kernel.ts";
import type { KernelCall } from "./heap.ts";
import { batchMatMul } from "./mat_mul_kernel.ts";
import { maxPoolGradientOver } from "./max_pool_kernels.ts";
import { type Override, OVERRIDES } from "./overrides.ts";
import { matMulRmspropStep, rmspropStep } from "./rmsprop_kernel.ts";
import {
  scaleShiftRelu,
  scaleShiftReluGradient,
} from "./scale_shift_kernels.ts";

/** Kernels that replace tfjs's in all cases, and those that it lacks. */
const OWN: Record<string, unknown> = {
  [tf.BatchMatMul]: batchMatMul,
  BatchNormReluGradient: batchNormReluGradient,
  ChannelMoments: channelMoments,
  ChannelSum: channelSum,
  Convolve3x3: convolve3x3,
  MatMulRmspropStep: matMulRmspropStep,
  MaxPool2GradientOver: maxPoolGradientOver,
  RectifiedConvolve3x3InputGradient: rectifiedConvolve3x3InputGradient,
  RmspropStep: rmspropStep,
  ScaleShiftRelu: scaleShiftRelu,
  ScaleShiftReluGradient: scaleShiftReluGradient,
};

let registered = false;

/** Registers this project's kernels for "wasm"; a second call does nothing. */
export function registerWasmKernels(): void {
  if (registered) return;
  registered = true;
  for (const [name, kernel] of Object.entries(OWN)) {
    replace(name, kernel as tf.KernelFunc);
  }
  for (const override of OVERRIDES) {
    const stock = tf.getKernel(override.name, "wasm")?.kernelFunc;
    replace(override.name, withFallback(override, stock));
  }
}

/** The override where it applies, otherwise tfjs's own kernel. */
function withFallback(
  override: Override,
  stock: tf.KernelFunc | undefined,
): tf.KernelFunc {
  return (parameters) => {
    const call = parameters as unknown as KernelCall<
      Record<string, tf.TensorInfo>
    >;
    const result = override.run(call);
    if (result !== null) return result;
    if (stock === undefined) {
      throw new RangeError(
        `Cannot run ${override.name} on wasm: only 3x3 filters with stride 1 ` +
          'and "same" padding are supported',
      );
    }
    return stock(parameters);
  };
}

function replace(kernelName: string, kernelFunc: tf.KernelFunc): void {
  // tfjs warns about a second registration unless the first is removed.
  if (tf.getKernel(kernelName, "wasm") !== undefined) {
    tf.unregisterKernel(kernelName, "wasm");
  }
  tf.registerKernel({ kernelName, backendName: "wasm", kernelFunc });
}
