/** The 3x3 convolution by Winograd's method. */

import { type WasmBackend, withHeap } from "./heap.ts";
import { kernels } from "./kernel_module.ts";
import { parallelFor } from "./parallel_for.ts";

/** Sizes of a 3x3 convolution. */
export interface ConvolutionShape {
  batch: number;
  height: number;
  width: number;
  /** Channels of the input. */
  ci: number;
  /** Channels of the output. */
  co: number;
}

/** One convolution; tensors by their addresses. */
export interface Convolution {
  /** `[batch, height, width, ci]` */
  x: number;
  /** `[3, 3, ci, co]` */
  filter: number;
  /** `[batch, height, width, co]`, overwritten. */
  y: number;
  shape: ConvolutionShape;
  /** `[co]`, added to the result; none by default. */
  shift?: number;
  /** Whether negative values then become zero. */
  relu?: boolean;
  /** Of y's shape: the result is 0 where it is not above 0; none by default. */
  gate?: number;
}

/**
 * Whether Winograd's method takes less time than the direct one, as measured.
 * It takes more with few channels, where vectors stay half empty, and in small
 * images, where most of a tile of 4 x 4 pixels lies outside.
 */
export function isWinogradFaster(shape: ConvolutionShape): boolean {
  const { height, width, ci, co } = shape;
  return ci >= 4 && co >= 3 && height >= 5 && width >= 5;
}

/** The same for the filter gradient, whose direct method is slower. */
export function isWinogradGradientFaster(shape: ConvolutionShape): boolean {
  const { height, width, ci } = shape;
  return ci >= 3 && height >= 3 && width >= 3;
}

/** A batch, image by image, with 36 products per tile of 4 x 4 pixels. */
export function convolveByWinograd(
  backend: WasmBackend,
  convolution: Convolution,
): void {
  const { x, filter, y, shape, shift = 0, relu = false, gate = 0 } =
    convolution;
  const { batch, height, width, ci, co } = shape;
  const { winogradFilterBytes, winogradConvolveScratch } = kernels();
  withHeap(backend, [winogradFilterBytes(ci, co)], (factors) => {
    parallelFor(
      backend,
      "winogradFilter",
      Array.from(
        { length: Math.ceil(co / 8) },
        (_, block) => [filter, factors, ci, co, block],
      ),
      FILTER_SCRATCH,
    );
    const pixels = height * width;
    parallelFor(
      backend,
      "winogradConvolve",
      Array.from({ length: batch }, (_, image) => [
        x + image * pixels * ci * 4,
        factors,
        y + image * pixels * co * 4,
        height,
        width,
        ci,
        co,
        shift,
        relu ? 1 : 0,
        gate === 0 ? 0 : gate + image * pixels * co * 4,
      ]),
      winogradConvolveScratch(height, width, ci, co),
    );
  });
}

/** Bytes of scratch of winogradFilter: 27 vectors. */
const FILTER_SCRATCH = 27 * 16;
