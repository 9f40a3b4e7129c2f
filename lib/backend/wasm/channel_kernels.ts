/** The wasm kernels that sum over pixels, channel by channel. */

import * as tf from "@tensorflow/tfjs-core";
import { channelsOf } from "../shape_checks.ts";
import {
  addressOf,
  assertFloat,
  type KernelCall,
  makeOutput,
  valuesOf,
  wasmBackend,
  withHeap,
} from "./heap.ts";
import type { KernelName } from "./kernel_module.ts";
import { parallelFor, rangesOf } from "./parallel_for.ts";

/** The number of pixels or rows, the product of all axes but the last. */
export function pixelsOf({ shape }: tf.TensorInfo): number {
  return tf.util.sizeFromShape(shape.slice(0, -1));
}

/**
 * Arguments of a kernel for each chunk of pixels: the address of its first
 * pixel in each of the tensors, `channelData`, the numbers of pixels and of
 * channels.
 */
export function pixelChunks(
  tensors: readonly tf.TensorInfo[],
  channelData: readonly number[],
): number[][] {
  const channels = channelsOf(tensors[0]);
  const starts = tensors.map(addressOf);
  return rangesOf(pixelsOf(tensors[0]), channels).map(({ first, count }) => [
    ...starts.map((start) => start + first * channels * 4),
    ...[...channelData, count, channels],
  ]);
}

/**
 * Runs a kernel that computes two sums over pixels for each channel, in
 * float64, in {@linkcode pixelChunks}, and adds the sums of the chunks in their
 * order.
 */
export function sumInChunks(
  kernel: KernelName,
  tensors: readonly tf.TensorInfo[],
  channelData: readonly number[],
): [Float64Array, Float64Array] {
  const channels = channelsOf(tensors[0]);
  const chunks = pixelChunks(tensors, channelData);
  const totals = [new Float64Array(channels), new Float64Array(channels)];
  const bytes = channels * 8;
  withHeap([chunks.length * 2 * bytes], (start) => {
    const { buffer } = wasmBackend().wasm.HEAPU8;
    const size = chunks.length * 2 * channels;
    const sums = new Float64Array(buffer, start, size).fill(0);
    parallelFor(
      kernel,
      chunks.map((chunk, index) => {
        const first = start + 2 * index * bytes;
        return [...chunk, first, first + bytes];
      }),
    );
    let index = 0;
    for (let chunk = 0; chunk < chunks.length; chunk++) {
      for (const total of totals) {
        for (let c = 0; c < channels; c++) total[c] += sums[index++];
      }
    }
  });
  return totals as [Float64Array, Float64Array];
}

/** Sum over all axes but the last. */
export function channelSum(
  { inputs: { x } }: KernelCall<"x">,
): tf.TensorInfo {
  assertFloat("sum channels", x);
  const result = makeOutput([channelsOf(x)]);
  const [sums] = sumInChunks("channelSums", [x], [0]);
  valuesOf(result).set(sums);
  return result;
}

/** Mean and population variance over all axes but the last. */
export function channelMoments(
  { inputs: { x } }: KernelCall<"x">,
): tf.TensorInfo[] {
  assertFloat("compute channel moments", x);
  const pixels = pixelsOf(x);
  const mean = makeOutput([channelsOf(x)]);
  const variance = makeOutput([channelsOf(x)]);
  // Deviations are from the channel's first value: see channel_sums.as.
  const [sums, squares] = sumInChunks("channelSums", [x], [addressOf(x)]);
  const [pivots, means, variances] = [x, mean, variance].map(valuesOf);
  sums.forEach((sum, c) => {
    const shift = sum / pixels;
    means[c] = pivots[c] + shift;
    // Math.max keeps a NaN.
    variances[c] = Math.max(0, squares[c] / pixels - shift * shift);
  });
  return [mean, variance];
}
