/** The wasm kernel of the gradient of batch normalization and ReLU. */

import type * as tf from "@tensorflow/tfjs-core";
import { channelsOf } from "../shape_checks.ts";
import { pixelChunks, pixelsOf, sumInChunks } from "./channel_kernels.ts";
import {
  addressOf,
  assertFloat,
  floatsAt,
  type KernelCall,
  makeOutput,
  valuesOf,
  withHeap,
} from "./heap.ts";
import { parallelFor } from "./parallel_for.ts";

/**
 * Writes dz over dy and returns dgamma and dbeta. The formulas are in
 * ops/batch_norm.ts.
 */
export function batchNormReluGradient(
  { inputs }: KernelCall<
    "dy" | "x" | "mean" | "inverseSd" | "gamma" | "beta"
  >,
): tf.TensorInfo[] {
  const { dy, x, mean, inverseSd, gamma, beta } = inputs;
  const action = "compute the gradient of batch normalization";
  assertFloat(action, dy, x, mean, inverseSd, gamma, beta);
  const [pixels, channels] = [pixelsOf(x), channelsOf(x)];
  const dgamma = makeOutput([channels]);
  const dbeta = makeOutput([channels]);
  withHeap(new Array(4).fill(channels * 4), (...blocks) => {
    const [scale, shift, slope, offset] = blocks;
    const [scales, shifts, slopes, offsets] = blocks.map((address) =>
      floatsAt(address, channels)
    );
    const [means, inverses, gammas, betas] = [mean, inverseSd, gamma, beta]
      .map(valuesOf);
    // Rounded after each step as float32 tensors are: ReLU must pass the same
    // units here as in the forward pass.
    for (let c = 0; c < channels; c++) {
      scales[c] = gammas[c] * inverses[c];
      shifts[c] = betas[c] - Math.fround(means[c] * scales[c]);
    }
    const channelData = [addressOf(mean), scale, shift];
    const [g, gd] = sumInChunks("batchNormReluSums", [dy, x], channelData);
    const [gammaGradients, betaGradients] = [dgamma, dbeta].map(valuesOf);
    for (let c = 0; c < channels; c++) {
      const sumGh = gd[c] * inverses[c];
      gammaGradients[c] = sumGh;
      betaGradients[c] = g[c];
      slopes[c] = -scales[c] * sumGh * inverses[c] / pixels;
      offsets[c] = -scales[c] * g[c] / pixels;
    }
    const chunks = pixelChunks([dy, x, dy], [...channelData, slope, offset]);
    parallelFor("batchNormReluApply", chunks);
  });
  return [dgamma, dbeta];
}
