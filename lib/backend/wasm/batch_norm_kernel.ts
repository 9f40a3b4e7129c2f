/** The wasm kernel of the gradient of batch normalization and ReLU. */

import type * as tf from "@tensorflow/tfjs-core";
import { pixelsAndChannels, sumInChunks } from "./channel_kernels.ts";
import { addressOf, assertFloat, floatsAt } from "./heap.ts";
import { type KernelCall, valuesOf, withScratch } from "./heap.ts";
import { parallelFor, rangesOf } from "./parallel_for.ts";

/** Inputs of "BatchNormReluGradient". */
export interface BatchNormInputs {
  dy: tf.TensorInfo;
  x: tf.TensorInfo;
  mean: tf.TensorInfo;
  inverseSd: tf.TensorInfo;
  gamma: tf.TensorInfo;
  beta: tf.TensorInfo;
}

/**
 * dz, dgamma and dbeta. Where the attribute `over` is set, dz is written over
 * dy and the first result is an empty tensor. The formulas are in
 * ops/batch_norm_relu_gradient.ts.
 */
export function batchNormReluGradient(
  call: KernelCall<BatchNormInputs>,
): tf.TensorInfo[] {
  const { inputs, backend, attrs } = call;
  const { dy, x, mean, inverseSd, gamma, beta } = inputs;
  const action = "compute the gradient of batch normalization";
  assertFloat(action, dy, x, mean, inverseSd, gamma, beta);
  const size = pixelsAndChannels(x);
  const { pixels, channels } = size;
  const dz = backend.makeOutput(attrs.over ? [0] : x.shape, "float32");
  const dgamma = backend.makeOutput([channels], "float32");
  const dbeta = backend.makeOutput([channels], "float32");
  const small = channels * 4;
  withScratch(
    backend,
    [small, small, small, small],
    (scale, shift, slope, offset) => {
      const inverses = valuesOf(backend, inverseSd);
      const scales = floatsAt(backend, scale, channels);
      setScaleAndShift(call, scales, floatsAt(backend, shift, channels));
      const data = [addressOf(backend, dy), addressOf(backend, x)];
      const channelData = [addressOf(backend, mean), scale, shift];
      const leading = (first: number) => [
        ...data.map((address) => address + first * channels * 4),
        ...channelData,
      ];
      const [g, gd] = sumInChunks(
        backend,
        "batchNormReluSums",
        size,
        ({ first, count }) => [...leading(first), count, channels],
        2,
      );
      const slopes = floatsAt(backend, slope, channels);
      const offsets = floatsAt(backend, offset, channels);
      const gammaGradients = valuesOf(backend, dgamma);
      const betaGradients = valuesOf(backend, dbeta);
      for (let c = 0; c < channels; c++) {
        const sumGh = gd[c] * inverses[c];
        gammaGradients[c] = sumGh;
        betaGradients[c] = g[c];
        slopes[c] = -scales[c] * sumGh * inverses[c] / pixels;
        offsets[c] = -scales[c] * g[c] / pixels;
      }
      const target = addressOf(backend, attrs.over ? dy : dz);
      parallelFor(
        backend,
        "batchNormReluApply",
        rangesOf(pixels, channels).map(({ first, count }) => [
          ...leading(first),
          ...[slope, offset, target + first * channels * 4, count, channels],
        ]),
      );
    },
  );
  return [dz, dgamma, dbeta];
}

/**
 * scale = gamma inverseSd and shift = beta - mean scale, rounded after each
 * step as float32 tensors are: ReLU must pass the same units here as in the
 * forward pass.
 */
function setScaleAndShift(
  { inputs, backend }: KernelCall<BatchNormInputs>,
  scales: Float32Array,
  shifts: Float32Array,
): void {
  const { mean, inverseSd, gamma, beta } = inputs;
  const means = valuesOf(backend, mean);
  const inverses = valuesOf(backend, inverseSd);
  const gammas = valuesOf(backend, gamma);
  const betas = valuesOf(backend, beta);
  for (let c = 0; c < scales.length; c++) {
    scales[c] = gammas[c] * inverses[c];
    shifts[c] = betas[c] - Math.fround(means[c] * scales[c]);
  }
}
