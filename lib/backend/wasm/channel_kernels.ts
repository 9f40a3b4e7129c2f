/** The wasm kernels that sum over pixels, channel by channel. */

import type * as tf from "@tensorflow/tfjs-core";
import {
  addressOf,
  assertFloat,
  doublesAt,
  floatsAt,
  type KernelCall,
  valuesOf,
  type WasmBackend,
  withScratch,
} from "./heap.ts";
import type { KernelName } from "./kernel_module.ts";
import { parallelFor, type Range, rangesOf } from "./parallel_for.ts";

/** Input of "ChannelSum" and "ChannelMoments". */
export interface ChannelInputs {
  x: tf.TensorInfo;
}

/** A tensor as a table: the product of all axes but the last, and the last. */
export interface PixelsAndChannels {
  readonly pixels: number;
  readonly channels: number;
}

/** Pixels (or rows) and channels of a tensor whose last axis is channels. */
export function pixelsAndChannels(tensor: tf.TensorInfo): PixelsAndChannels {
  const axes = tensor.shape.slice(0, -1);
  return {
    pixels: axes.reduce((product, size) => product * size, 1),
    channels: tensor.shape[tensor.shape.length - 1],
  };
}

/**
 * Runs a kernel that sums over pixels, channel by channel, in float64, in
 * chunks of fixed size, and adds the sums of the chunks in their order.
 *
 * @param argumentsOf arguments of the kernel for a chunk, up to its sums.
 * @param quantities number of sums that the kernel computes for each channel.
 * @returns for each quantity its sum for each channel.
 */
export function sumInChunks(
  backend: WasmBackend,
  kernel: KernelName,
  { pixels, channels }: PixelsAndChannels,
  argumentsOf: (range: Range) => number[],
  quantities: number,
): Float64Array[] {
  const ranges = rangesOf(pixels, channels);
  const totals = Array.from(
    { length: quantities },
    () => new Float64Array(channels),
  );
  const bytes = channels * 8;
  withScratch(backend, [ranges.length * quantities * bytes], (start) => {
    const chunks = ranges.map((range, chunk) => [
      ...argumentsOf(range),
      ...totals.map((_, index) => start + (chunk * quantities + index) * bytes),
    ]);
    parallelFor(backend, kernel, chunks);
    const sums = doublesAt(
      backend,
      start,
      chunks.length * quantities * channels,
    );
    let index = 0;
    for (let chunk = 0; chunk < chunks.length; chunk++) {
      for (const total of totals) {
        for (let c = 0; c < channels; c++) total[c] += sums[index++];
      }
    }
  });
  return totals;
}

/** Sum over all axes but the last. */
export function channelSum(call: KernelCall<ChannelInputs>): tf.TensorInfo {
  const { inputs: { x }, backend } = call;
  assertFloat("sum channels", x);
  const size = pixelsAndChannels(x);
  const { channels } = size;
  const result = backend.makeOutput([channels], "float32");
  const address = addressOf(backend, x);
  const [sums] = sumInChunks(
    backend,
    "channelSum",
    size,
    ({ first, count }) => [address + first * channels * 4, count, channels],
    1,
  );
  valuesOf(backend, result).set(sums);
  return result;
}

/** Mean and population variance over all axes but the last. */
export function channelMoments(
  call: KernelCall<ChannelInputs>,
): tf.TensorInfo[] {
  const { inputs: { x }, backend } = call;
  assertFloat("compute channel moments", x);
  const size = pixelsAndChannels(x);
  const { pixels, channels } = size;
  const mean = backend.makeOutput([channels], "float32");
  const variance = backend.makeOutput([channels], "float32");
  const address = addressOf(backend, x);
  // Deviations are from the channel's first value: see channel_sums.as.
  const [sum, square] = sumInChunks(
    backend,
    "channelMoments",
    size,
    (
      { first, count },
    ) => [address + first * channels * 4, count, channels, address],
    2,
  );
  const pivot = floatsAt(backend, address, channels);
  const means = valuesOf(backend, mean);
  const variances = valuesOf(backend, variance);
  for (let c = 0; c < channels; c++) {
    const shift = sum[c] / pixels;
    means[c] = pivot[c] + shift;
    // Math.max keeps a NaN.
    variances[c] = Math.max(0, square[c] / pixels - shift * shift);
  }
  return [mean, variance];
}
