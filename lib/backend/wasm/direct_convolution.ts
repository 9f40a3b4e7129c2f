/** The 3x3 convolution without Winograd's method. */

import { floatsAt, type WasmBackend, withScratch } from "./heap.ts";
import { kernels } from "./kernel_module.ts";
import { parallelFor, rangesOf } from "./parallel_for.ts";
import type { Convolution } from "./winograd_convolution.ts";

/** A batch, image by image, with 144 products per tile of 4 x 4 pixels. */
export function convolveDirectly(
  backend: WasmBackend,
  convolution: Convolution,
): void {
  const { x, filter, y, shape, shift = 0, relu = false, gate = 0 } =
    convolution;
  const { batch, height, width, ci, co } = shape;
  // With one or two output channels, vectors over the input leave fewer lanes
  // empty.
  const narrow = co <= 2;
  const lanes = Math.ceil(co / 8) * 8;
  const run = Math.ceil(3 * ci / 4) * 4;
  const packedFloats = narrow ? co * 3 * run : 9 * ci * lanes;
  withScratch(backend, [packedFloats * 4, lanes * 4], (packed, biases) => {
    if (shift !== 0) {
      floatsAt(backend, biases, co).set(floatsAt(backend, shift, co));
    }
    const pack = narrow ? "packNarrowFilter" : "packFilter";
    kernels()[pack](filter, packed, ci, co);
    const pixels = height * width;
    parallelFor(
      backend,
      narrow ? "convolveNarrow" : "convolve",
      Array.from({ length: batch }, (_, image) => [
        x + image * pixels * ci * 4,
        packed,
        biases,
        y + image * pixels * co * 4,
        height,
        width,
        ci,
        co,
      ]),
      kernels().convolveScratch(height, width, ci),
    );
    if (!relu && gate === 0) return;
    const ranges = rangesOf(batch * pixels * co, 1);
    parallelFor(
      backend,
      "rectify",
      ranges.map(({ first, count }) => [
        y + first * 4,
        relu ? 1 : 0,
        gate === 0 ? 0 : gate + first * 4,
        count,
      ]),
    );
  });
}
