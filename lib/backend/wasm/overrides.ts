/** The cases in which this project's kernels replace tfjs's. */

import * as tf from "@tensorflow/tfjs-core";
import { convolve3x3, convolve3x3InputGradient } from "./convolve_kernel.ts";
import { convolve3x3FilterGradient } from "./filter_gradient_kernel.ts";
import type { KernelCall } from "./heap.ts";
import { maxPool, maxPoolGradient } from "./max_pool_kernels.ts";

type Infos = Record<string, tf.TensorInfo>;

/** A kernel of tfjs that ours replaces in some cases. */
export interface Override {
  name: string;
  /** Returns null in the cases that stay with tfjs. */
  run: (call: KernelCall<Infos>) => tf.TensorInfo | null;
}

export const OVERRIDES: readonly Override[] = [
  {
    name: tf.Conv2D,
    run: ({ inputs: { x, filter }, attrs, backend }) =>
      isConvolve3x3(attrs, filter.shape)
        ? convolve3x3({ inputs: { x, filter }, backend, attrs })
        : null,
  },
  {
    name: tf.Conv2DBackpropInput,
    run: ({ inputs: { dy, filter }, attrs, backend }) =>
      isConvolve3x3(attrs, filter.shape)
        ? convolve3x3InputGradient(backend, dy, filter)
        : null,
  },
  {
    name: tf.Conv2DBackpropFilter,
    run: ({ inputs: { x, dy }, attrs, backend }) =>
      isConvolve3x3(attrs, attrs.filterShape as number[])
        ? convolve3x3FilterGradient(backend, x, dy)
        : null,
  },
  {
    name: tf.MaxPool,
    run: ({ inputs: { x }, attrs, backend }) =>
      isMaxPool2(attrs, x) ? maxPool(backend, x) : null,
  },
  {
    name: tf.MaxPoolGrad,
    run: ({ inputs: { dy, input, output }, attrs, backend }) =>
      isMaxPool2(attrs, input)
        ? maxPoolGradient(backend, dy, input, output)
        : null,
  },
];

function isConvolve3x3(
  attrs: tf.NamedAttrMap,
  filterShape: readonly number[],
): boolean {
  const { strides, dilations = 1, pad, dataFormat } = attrs;
  // Explicit padding by one pixel is the same.
  return filterShape[0] === 3 && filterShape[1] === 3 &&
    isPair(strides, 1) && isPair(dilations, 1) &&
    (pad === "same" || pad === 1) && dataFormat === "NHWC";
}

function isMaxPool2(attrs: tf.NamedAttrMap, x: tf.TensorInfo): boolean {
  const { filterSize, strides, pad } = attrs;
  const even = x.shape[1] % 2 === 0 && x.shape[2] % 2 === 0;
  // On even sizes "same" pads nothing.
  return x.dtype === "float32" && isPair(filterSize, 2) &&
    isPair(strides, 2) && (pad === "valid" || pad === 0 ||
      (pad === "same" && even));
}

/** Whether an attribute is this number or a pair of it. */
function isPair(value: unknown, expected: number): boolean {
  return Array.isArray(value)
    ? value.every((element) => element === expected)
    : value === expected;
}
