/** The wasm kernel of the 3x3 convolution's filter gradient. */

import type * as tf from "@tensorflow/tfjs-core";
import { addressOf, assertFloat, type WasmBackend, withHeap } from "./heap.ts";
import { kernels } from "./kernel_module.ts";
import { parallelFor } from "./parallel_for.ts";
import { isWinogradGradientFaster } from "./winograd_convolution.ts";

/** Images that are summed in one call. */
const GROUP_IMAGES = 8;
/** The smallest number of groups, if there are so many images. */
const MIN_GROUPS = 8;
/** Floats of the result in one chunk of the last sum. */
const SUM_CHUNK = 1 << 16;

/**
 * Gradient of the 3x3 convolution at its filter, `[3, 3, ci, co]`. Groups of
 * images are summed one by one, then the groups in their order: the groups of
 * a batch depend on its size only.
 */
export function convolve3x3FilterGradient(
  backend: WasmBackend,
  x: tf.TensorInfo,
  dy: tf.TensorInfo,
): tf.TensorInfo {
  assertFloat("compute the convolution's filter gradient", x, dy);
  const [batch, height, width, ci] = x.shape;
  const co = dy.shape[3];
  const result = backend.makeOutput([3, 3, ci, co], "float32");
  const size = 9 * ci * co;
  const starts = groupStarts(batch);
  const groups = starts.length - 1;
  const winograd = isWinogradGradientFaster({ batch, height, width, ci, co });
  const { filterGradientScratch, winogradFilterGradientScratch } = kernels();
  // Larger groups come first, and need at least as much as smaller ones.
  const largest = starts[1] - starts[0];
  const scratch = winograd
    ? winogradFilterGradientScratch(largest, height, width, ci, co)
    : filterGradientScratch(height, width, ci, co);
  const pixelBytes = height * width * 4;
  withHeap(backend, [groups * size * 4], (parts) => {
    parallelFor(
      backend,
      winograd ? "winogradFilterGradient" : "filterGradient",
      Array.from({ length: groups }, (_, group) => [
        addressOf(backend, x) + starts[group] * pixelBytes * ci,
        addressOf(backend, dy) + starts[group] * pixelBytes * co,
        parts + group * size * 4,
        starts[group + 1] - starts[group],
        height,
        width,
        ci,
        co,
      ]),
      scratch,
    );
    parallelFor(
      backend,
      "sumParts",
      Array.from({ length: Math.ceil(size / SUM_CHUNK) }, (_, chunk) => [
        parts + chunk * SUM_CHUNK * 4,
        groups,
        size * 4,
        addressOf(backend, result) + chunk * SUM_CHUNK * 4,
        Math.min(SUM_CHUNK, size - chunk * SUM_CHUNK),
      ]),
    );
  });
  return result;
}

/** The number of groups of a batch, each of which has its own sum. */
export function filterGradientGroups(batch: number): number {
  return Math.min(
    batch,
    Math.max(MIN_GROUPS, Math.ceil(batch / GROUP_IMAGES)),
  );
}

/** The first image of each group, larger groups first, and the end. */
function groupStarts(batch: number): number[] {
  const groups = filterGradientGroups(batch);
  return Array.from(
    { length: groups + 1 },
    (_, group) => Math.ceil(group * batch / groups),
  );
}
