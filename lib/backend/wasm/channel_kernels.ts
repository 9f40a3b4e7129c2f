import type * as tf from "@tensorflow/tfjs-core";
import { addressOf, assertFloat, doublesAt, type KernelCall } from "./heap.ts";
import { valuesOf, withScratch } from "./heap.ts";
import { kernels } from "./kernel_module.ts";

/** Input of "ChannelSum" and "ChannelMoments". */
export interface ChannelInputs {
  x: tf.TensorInfo;
}

/** Pixels (or rows) and channels of a tensor whose last axis is channels. */
export function pixelsAndChannels(
  tensor: tf.TensorInfo,
): { pixels: number; channels: number } {
  const axes = tensor.shape.slice(0, -1);
  return {
    pixels: axes.reduce((product, size) => product * size, 1),
    channels: tensor.shape[tensor.shape.length - 1],
  };
}

/** Sum over all axes but the last. */
export function channelSum(call: KernelCall<ChannelInputs>): tf.TensorInfo {
  const { inputs: { x }, backend } = call;
  assertFloat("sum channels", x);
  const { pixels, channels } = pixelsAndChannels(x);
  const result = backend.makeOutput([channels], "float32");
  withScratch(backend, [channels * 8], (sums) => {
    kernels().channelSum(addressOf(backend, x), pixels, channels, sums);
    valuesOf(backend, result).set(doublesAt(backend, sums, channels));
  });
  return result;
}

/** Mean and population variance over all axes but the last. */
export function channelMoments(
  call: KernelCall<ChannelInputs>,
): tf.TensorInfo[] {
  const { inputs: { x }, backend } = call;
  assertFloat("compute channel moments", x);
  const { pixels, channels } = pixelsAndChannels(x);
  const mean = backend.makeOutput([channels], "float32");
  const variance = backend.makeOutput([channels], "float32");
  const size = channels * 8;
  withScratch(backend, [size, size], (sums, squares) => {
    const from = addressOf(backend, x);
    kernels().channelMoments(from, pixels, channels, sums, squares);
    const sum = doublesAt(backend, sums, channels);
    const square = doublesAt(backend, squares, channels);
    // Every deviation is from the channel's first value: see channel_sums.as.
    const pivot = valuesOf(backend, x);
    const means = valuesOf(backend, mean);
    const variances = valuesOf(backend, variance);
    for (let c = 0; c < channels; c++) {
      const shift = sum[c] / pixels;
      means[c] = pivot[c] + shift;
      // A NaN must stay one, which Math.max does.
      variances[c] = Math.max(0, square[c] / pixels - shift * shift);
    }
  });
  return [mean, variance];
}
