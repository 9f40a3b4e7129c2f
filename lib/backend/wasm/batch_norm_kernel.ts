import type * as tf from "@tensorflow/tfjs-core";
import { pixelsAndChannels } from "./channel_kernels.ts";
import { addressOf, assertFloat, doublesAt, floatsAt } from "./heap.ts";
import { type KernelCall, valuesOf, withScratch } from "./heap.ts";
import { kernels } from "./kernel_module.ts";

/** Inputs of "BatchNormReluGradient". */
export interface BatchNormInputs {
  dy: tf.TensorInfo;
  x: tf.TensorInfo;
  mean: tf.TensorInfo;
  inverseSd: tf.TensorInfo;
  gamma: tf.TensorInfo;
  beta: tf.TensorInfo;
}

/** dz, dgamma and dbeta; the formulas stand at ops/batchNormReluGradient. */
export function batchNormReluGradient(
  call: KernelCall<BatchNormInputs>,
): tf.TensorInfo[] {
  const { inputs, backend } = call;
  const { dy, x, mean, inverseSd, gamma, beta } = inputs;
  const action = "compute the gradient of batch normalization";
  assertFloat(action, dy, x, mean, inverseSd, gamma, beta);
  const { pixels, channels } = pixelsAndChannels(x);
  const dz = backend.makeOutput(x.shape, "float32");
  const dgamma = backend.makeOutput([channels], "float32");
  const dbeta = backend.makeOutput([channels], "float32");
  const small = channels * 4;
  const sizes = [small, small, small, small, 2 * small, 2 * small];
  withScratch(
    backend,
    sizes,
    (scale, shift, slope, offset, sumG, sumGd) => {
      const means = valuesOf(backend, mean);
      const inverses = valuesOf(backend, inverseSd);
      const gammas = valuesOf(backend, gamma);
      const betas = valuesOf(backend, beta);
      const scales = floatsAt(backend, scale, channels);
      const shifts = floatsAt(backend, shift, channels);
      for (let c = 0; c < channels; c++) {
        // Rounded after each step, as float32 tensors would be: the same
        // units must be open here as in the forward pass.
        scales[c] = gammas[c] * inverses[c];
        shifts[c] = betas[c] - Math.fround(means[c] * scales[c]);
      }
      const data = [addressOf(backend, dy), addressOf(backend, x)];
      const channelData = [addressOf(backend, mean), scale, shift];
      const size = [pixels, channels];
      kernels().batchNormReluSums(
        ...data,
        ...channelData,
        ...size,
        sumG,
        sumGd,
      );
      const g = doublesAt(backend, sumG, channels);
      const gd = doublesAt(backend, sumGd, channels);
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
      kernels().batchNormReluApply(
        ...data,
        ...channelData,
        slope,
        offset,
        addressOf(backend, dz),
        ...size,
      );
    },
  );
  return [dz, dgamma, dbeta];
}
