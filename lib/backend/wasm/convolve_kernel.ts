/** The wasm kernels of the 3x3 convolution and its input gradient. */

import type * as tf from "@tensorflow/tfjs-core";
import {
  addressOf,
  assertFloat,
  imageAddresses,
  type KernelCall,
  makeOutput,
  withHeap,
} from "./heap.ts";
import { kernels } from "./kernel_module.ts";
import { parallelFor } from "./parallel_for.ts";

/**
 * 3x3 convolution, stride 1, "same" padding, with an optional bias and, where
 * the attribute `rectify` is set, a ReLU.
 */
export function convolve3x3(
  { inputs: { x, filter, bias }, attrs }: KernelCall<"x" | "filter", "bias">,
): tf.TensorInfo {
  assertFloat("convolve", x, filter);
  const [batch, height, width] = x.shape;
  const y = makeOutput([batch, height, width, filter.shape[3]]);
  const relu = attrs.rectify === true;
  convolve({ x, filter: addressOf(filter), y, shift: bias, relu });
  return y;
}

/**
 * The input gradient: a convolution with the rotated filter. Where the input is
 * the output of a ReLU, `rectified`, also the gradient of this one.
 */
export function convolve3x3InputGradient(
  { inputs: { dy, filter, rectified } }: KernelCall<
    "dy" | "filter",
    "rectified"
  >,
): tf.TensorInfo {
  assertFloat("compute the convolution's input gradient", dy, filter);
  const [batch, height, width, co] = dy.shape;
  const ci = filter.shape[2];
  const dx = makeOutput([batch, height, width, ci]);
  withHeap([9 * ci * co * 4], (rotated) => {
    kernels().turnFilter(addressOf(filter), rotated, ci, co);
    convolve({ x: dy, filter: rotated, y: dx, gate: rectified });
  });
  return dx;
}

interface Convolution {
  /** `[batch, height, width, ci]` */
  x: tf.TensorInfo;
  /** Address of `[3, 3, ci, co]`. */
  filter: number;
  /** `[batch, height, width, co]`, overwritten. */
  y: tf.TensorInfo;
  /** `[co]`, added to the result; none by default. */
  shift?: tf.TensorInfo;
  /** Whether negative values then become zero. */
  relu?: boolean;
  /** Of y's shape: the result is 0 where it is not above 0; none by default. */
  gate?: tf.TensorInfo;
}

/** Convolves a batch, image by image. */
function convolve({ x, filter, y, shift, relu, gate }: Convolution): void {
  const [, height, width, ci] = x.shape;
  const co = y.shape[3];
  // As measured: Winograd's method takes more time than the direct one with few
  // channels, where vectors stay half empty, and in small images, where most of
  // a tile of 4 x 4 pixels lies outside.
  const winograd = ci >= 4 && co >= 3 && height >= 5 && width >= 5;
  const method = winograd ? WINOGRAD : co <= 2 ? NARROW : DIRECT;
  const { kernel, filterBytes, pack, scratchBytes } = method;
  withHeap([filterBytes(ci, co)], (packed) => {
    pack(filter, packed, ci, co);
    const images = imageAddresses(gate ? [x, y, gate] : [x, y]);
    const chunks = images.map(([imageX, imageY, imageGate = 0]) => [
      ...[imageX, packed, imageY, height, width, ci, co],
      ...[shift ? addressOf(shift) : 0, relu ? 1 : 0, imageGate],
    ]);
    parallelFor(kernel, chunks, scratchBytes(height, width, ci, co));
  });
}

/** A way to convolve an image. */
interface Method {
  kernel: "convolve" | "convolveNarrow" | "winogradConvolve";
  /** Bytes of the filter in the kernel's layout. */
  filterBytes(ci: number, co: number): number;
  pack(filter: number, packed: number, ci: number, co: number): void;
  scratchBytes(height: number, width: number, ci: number, co: number): number;
}

/** Bytes of scratch of winogradFilter: 27 vectors. */
const FILTER_SCRATCH = 27 * 16;

/** 36 products per tile of 4 x 4 pixels. */
const WINOGRAD: Method = {
  kernel: "winogradConvolve",
  filterBytes: (ci, co) => kernels().winogradFilterBytes(ci, co),
  pack(filter, packed, ci, co) {
    const blocks = Array.from({ length: Math.ceil(co / 8) }, (_, i) => i);
    parallelFor(
      "winogradFilter",
      blocks.map((block) => [filter, packed, ci, co, block]),
      FILTER_SCRATCH,
    );
  },
  scratchBytes: (...sizes) => kernels().winogradConvolveScratch(...sizes),
};

/** 144 products per tile of 4 x 4 pixels. */
const DIRECT: Method = {
  kernel: "convolve",
  filterBytes: (ci, co) => 9 * ci * Math.ceil(co / 8) * 8 * 4,
  pack: (...numbers) => kernels().packFilter(...numbers),
  scratchBytes: (height, width, ci) =>
    kernels().convolveScratch(height, width, ci),
};

/**
 * The same for one or two output channels, where vectors over the input leave
 * fewer lanes empty.
 */
const NARROW: Method = {
  ...DIRECT,
  kernel: "convolveNarrow",
  filterBytes: (ci, co) => co * 3 * Math.ceil(3 * ci / 4) * 4 * 4,
  pack: (...numbers) => kernels().packNarrowFilter(...numbers),
};
