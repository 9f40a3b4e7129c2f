/** Batch normalization and ReLU, and their gradients. */

import type * as tf from "@tensorflow/tfjs-core";
import {
  batchNormReluGradient,
  channelMoments,
  scaleShiftRelu,
  scaleShiftReluGradient,
} from "../../lib/backend/ops.ts";
import * as tfCore from "@tensorflow/tfjs-core";
import * as reference from "./reference.ts";
import {
  assertClose,
  numbers,
  take,
  tensor,
  testOnEachBackend,
} from "./support.ts";

const SHAPES = [[2, 3, 5, 8], [1, 4, 3, 3], [6, 13], [5, 4], [2, 17, 19, 5]];

// Few operations on numbers of the order of 1 after sums of at most 650:
// float32 sums lose up to 650 * 2^-24 = 4e-5 of the sum of absolutes, which
// the division by n brings back to the order of 1.
const TOLERANCE = 5e-5;
const EPSILON = 1e-3;

for (const shape of SHAPES) {
  const title = shape.join("x");
  const channels = shape[shape.length - 1];

  testOnEachBackend(`channel moments ${title}`, async () => {
    const z = tensor<tf.Tensor4D>(shape, 9);
    const expected = reference.moments(numbers(z.size, 9), channels);
    const { mean, variance } = channelMoments(z);
    const [means, variances] = await take(mean, variance);
    assertClose(means, expected.mean, TOLERANCE, "mean");
    assertClose(variances, expected.variance, TOLERANCE, "variance");
    await take(z);
  });

  testOnEachBackend(`scale, shift and ReLU ${title}`, async () => {
    const z = tensor<tf.Tensor4D>(shape, 9);
    const dy = tensor<tf.Tensor4D>(shape, 10);
    const scale = tensor<tf.Tensor1D>([channels], 11);
    const shift = tensor<tf.Tensor1D>([channels], 12);
    const scales = numbers(channels, 11);
    const shifts = numbers(channels, 12);
    const inputs = Float64Array.from(numbers(z.size, 9));
    const before = inputs.map((value, i) =>
      value * scales[i % channels] + shifts[i % channels]
    );
    const [y] = await take(scaleShiftRelu(z, scale, shift));
    assertClose(y, before.map((v) => Math.max(0, v)), TOLERANCE, "y");
    const gradients = numbers(z.size, 10);
    const [dz] = await take(scaleShiftReluGradient(dy, z, scale, shift));
    const expected = before.map((v, i) =>
      v > 0 ? gradients[i] * scales[i % channels] : 0
    );
    assertClose(dz, expected, TOLERANCE, "dz");
    await take(z, dy, scale, shift);
  });

  testOnEachBackend(`batch norm and ReLU gradient ${title}`, async () => {
    const z = tensor<tf.Tensor4D>(shape, 9);
    const dy = tensor<tf.Tensor4D>(shape, 10);
    const gamma = tensor<tf.Tensor1D>([channels], 11);
    const beta = tensor<tf.Tensor1D>([channels], 12);
    const { mean, variance } = channelMoments(z);
    const inverseSd = tfCore.tidy(() =>
      tfCore.rsqrt(tfCore.add(variance, EPSILON)) as tf.Tensor1D
    );
    const result = batchNormReluGradient(dy, z, mean, inverseSd, gamma, beta);
    const [dz, dgamma, dbeta] = await take(
      result.dz,
      result.dgamma,
      result.dbeta,
    );
    const start = {
      z: numbers(z.size, 9),
      weights: numbers(z.size, 10),
      gamma: numbers(channels, 11),
      beta: numbers(channels, 12),
    };
    const loss = (
      change: Partial<Record<keyof typeof start, Float64Array>>,
    ) => {
      const all = { ...start, ...change };
      const { z, weights, gamma, beta } = all;
      return reference.batchNormReluLoss(z, weights, gamma, beta, EPSILON);
    };
    // Central differences in float64 with step 1e-6 have errors of about
    // 1e-10 away from ReLU's kink; with these seeds no unit is near it.
    const differencesOf = (name: keyof typeof start) =>
      reference.differences((x) => loss({ [name]: x }), start[name], 1e-6);
    if (z.size < 700) assertClose(dz, differencesOf("z"), TOLERANCE, "dz");
    assertClose(dgamma, differencesOf("gamma"), 10 * TOLERANCE, "dgamma");
    assertClose(dbeta, differencesOf("beta"), 10 * TOLERANCE, "dbeta");
    await take(z, gamma, beta, mean, variance, inverseSd);
  });
}

testOnEachBackend("channel moments far from zero", async () => {
  // Mean 1000, sd near 0.6: E[z^2] - E[z]^2 in float32 has no correct digit.
  const values = numbers(4000, 13).map((value) => value + 1000);
  const z = tfCore.tensor2d(values, [1000, 4]);
  const { mean, variance } = channelMoments(z);
  const expected = reference.moments(values, 4);
  const [means, variances] = await take(mean, variance);
  // A float32 near 1000 has steps of 6e-5; WebGPU's float32 sums of 1000
  // values lose a few of them, and the variance the square of that loss.
  assertClose(means, expected.mean, 2e-3, "mean");
  assertClose(variances, expected.variance, 1e-4, "variance");
  await take(z);
});
