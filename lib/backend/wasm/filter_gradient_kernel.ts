/** The wasm kernel of the 3x3 convolution's filter gradient. */

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
import { parallelFor, type Range, rangesOf } from "./parallel_for.ts";

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
  { inputs: { x, dy } }: KernelCall<"x" | "dy">,
): tf.TensorInfo {
  assertFloat("compute the convolution's filter gradient", x, dy);
  const [batch, height, width, ci] = x.shape;
  const co = dy.shape[3];
  const result = makeOutput([3, 3, ci, co]);
  const size = 9 * ci * co;
  const images = imageAddresses([x, dy]);
  const groups = groupsOf(batch);
  // Winograd's method takes more time in fewer channels or smaller images.
  const winograd = ci >= 3 && height >= 3 && width >= 3;
  const { filterGradientScratch, winogradFilterGradientScratch } = kernels();
  // The first group is a largest one, and needs at least as much as the others.
  const scratch = winograd
    ? winogradFilterGradientScratch(groups[0].count, height, width, ci, co)
    : filterGradientScratch(height, width, ci, co);
  withHeap([groups.length * size * 4], (parts) => {
    parallelFor(
      winograd ? "winogradFilterGradient" : "filterGradient",
      groups.map(({ first, count }, group) => [
        ...images[first],
        ...[parts + group * size * 4, count, height, width, ci, co],
      ]),
      scratch,
    );
    const sum = addressOf(result);
    parallelFor(
      "sumParts",
      rangesOf(size, 1, 1, SUM_CHUNK).map(({ first, count }) => [
        ...[parts + first * 4, groups.length, size * 4],
        ...[sum + first * 4, count],
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

/** The images of each group, larger groups first. */
function groupsOf(batch: number): Range[] {
  const groups = filterGradientGroups(batch);
  const start = (group: number) => Math.ceil(group * batch / groups);
  return Array.from({ length: groups }, (_, group) => ({
    first: start(group),
    count: start(group + 1) - start(group),
  }));
}
