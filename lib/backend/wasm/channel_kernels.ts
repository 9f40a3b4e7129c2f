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
import { type Range, rangesOf, runPieces } from "./parallel_for.ts";

/** Input of "ChannelSum" and "ChannelMoments". */
export interface ChannelInputs {
  x: tf.TensorInfo;
}

/** A tensor seen as a table: all axes but the last, and the last. */
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
 * Runs a kernel that adds up pixels channel by channel, in float64, over
 * chunks of fixed size, and adds the chunks' sums up in their order.
 *
 * @param chunkOf arguments of the kernel for a chunk, up to its sums.
 * @param quantities sums that the kernel makes of each channel.
 * @returns for each quantity its sum for each channel.
 */
export function sumInPieces(
  backend: WasmBackend,
  kernel: KernelName,
  { pixels, channels }: PixelsAndChannels,
  chunkOf: (range: Range) => number[],
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
      ...chunkOf(range),
      ...totals.map((_, at) => start + (chunk * quantities + at) * bytes),
    ]);
    runPieces(backend, kernel, chunks);
    const sums = doublesAt(
      backend,
      start,
      chunks.length * quantities * channels,
    );
    let at = 0;
    for (let chunk = 0; chunk < chunks.length; chunk++) {
      for (const total of totals) {
        for (let c = 0; c < channels; c++) total[c] += sums[at++];
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
  const from = addressOf(backend, x);
  const [sums] = sumInPieces(
    backend,
    "channelSum",
    size,
    ({ first, count }) => [from + first * channels * 4, count, channels],
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
  const from = addressOf(backend, x);
  // Every deviation is from the channel's first value: see channel_sums.as.
  const [sum, square] = sumInPieces(
    backend,
    "channelMoments",
    size,
    ({ first, count }) => [from + first * channels * 4, count, channels, from],
    2,
  );
  const pivot = floatsAt(backend, from, channels);
  const means = valuesOf(backend, mean);
  const variances = valuesOf(backend, variance);
  for (let c = 0; c < channels; c++) {
    const shift = sum[c] / pixels;
    means[c] = pivot[c] + shift;
    // A NaN must stay one, which Math.max does.
    variances[c] = Math.max(0, square[c] / pixels - shift * shift);
  }
  return [mean, variance];
}
