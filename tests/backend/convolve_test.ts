/** The 3x3 convolution and its gradients. */

import type * as tf from "@tensorflow/tfjs-core";
import {
  biasGradient,
  convolve,
  convolveFilterGradient,
  convolveInputGradient,
} from "../../lib/backend/ops.ts";
import * as reference from "./reference.ts";
import {
  assertClose,
  numbers,
  take,
  tensor,
  testOnEachBackend,
} from "./support.ts";

/** Odd and even sizes, widths below a block of 4, all kinds of channel counts. */
const CASES: [reference.Shape, number][] = [
  [[1, 1, 1, 1], 1],
  [[2, 3, 2, 3], 1],
  [[1, 2, 3, 5], 3],
  [[2, 5, 4, 1], 8],
  [[1, 7, 9, 8], 16],
  [[2, 4, 6, 5], 13],
  [[1, 5, 11, 2], 2],
  [[1, 6, 5, 13], 8],
  [[3, 9, 7, 4], 3],
  [[1, 8, 13, 16], 24],
];

// Sums of up to n products of numbers below 1: the rounding error of float32
// in any order is at most n * n * 2^-24 and in practice near
// sqrt(n) * 2^-24 * sqrt(n); n is at most 9 * 24 here, which gives 1.3e-5.
const TOLERANCE = 2e-5;

for (const [shape, co] of CASES) {
  const title = `${shape.join("x")} to ${co} channels`;
  const ci = shape[3];
  const [batch, height, width] = shape;
  const outShape = [batch, height, width, co];

  testOnEachBackend(`convolve ${title}`, async () => {
    const x = tensor<tf.Tensor4D>(shape, 1);
    const filter = tensor<tf.Tensor4D>([3, 3, ci, co], 2);
    const bias = tensor<tf.Tensor1D>([co], 3);
    const expected = reference.convolve(
      numbers(x.size, 1),
      numbers(filter.size, 2),
      shape,
      co,
    );
    const [plain] = await take(convolve(x, filter));
    assertClose(plain, expected, TOLERANCE, "y");
    const biases = numbers(co, 3);
    const [biased] = await take(convolve(x, filter, bias));
    const shifted = expected.map((value, i) => value + biases[i % co]);
    assertClose(biased, shifted, TOLERANCE, "y with bias");
    const [rectified] = await take(convolve(x, filter, bias, true));
    const positive = shifted.map((value) => Math.max(0, value));
    assertClose(rectified, positive, TOLERANCE, "y with bias and ReLU");
    await take(x, filter, bias);
  });

  testOnEachBackend(`convolution gradients ${title}`, async () => {
    const x = tensor<tf.Tensor4D>(shape, 1);
    const filter = tensor<tf.Tensor4D>([3, 3, ci, co], 2);
    const dy = tensor<tf.Tensor4D>(outShape, 4);
    const [values, filterValues] = [
      numbers(x.size, 1),
      numbers(filter.size, 2),
    ];
    const dyValues = numbers(dy.size, 4);
    const [dx] = await take(convolveInputGradient(dy, filter));
    const expectedDx = reference.inputGradient(
      dyValues,
      filterValues,
      shape,
      co,
    );
    assertClose(dx, expectedDx, TOLERANCE, "dx");
    const [gated] = await take(convolveInputGradient(dy, filter, x));
    const behindRelu = expectedDx.map((value, i) => values[i] > 0 ? value : 0);
    assertClose(gated, behindRelu, TOLERANCE, "dx behind a ReLU");
    const [dFilter] = await take(convolveFilterGradient(x, dy));
    const expected = reference.filterGradient(values, dyValues, shape, co);
    assertClose(dFilter, expected, TOLERANCE, "dFilter");
    const [dBias] = await take(biasGradient(dy));
    const { mean } = reference.moments(dyValues, co);
    const sums = mean.map((value) => value * dy.size / co);
    assertClose(dBias, sums, TOLERANCE, "dBias");
    await take(x, filter, dy);
  });
}

testOnEachBackend(
  "convolution gradients equal finite differences",
  async () => {
    const shape: reference.Shape = [2, 3, 5, 2];
    const co = 3;
    const x = tensor<tf.Tensor4D>(shape, 1);
    const filter = tensor<tf.Tensor4D>([3, 3, 2, co], 2);
    const dy = tensor<tf.Tensor4D>([2, 3, 5, co], 4);
    const weights = numbers(dy.size, 4);
    const dot = (y: Float64Array) =>
      y.reduce((sum, value, i) => sum + value * weights[i], 0);
    const xValues = numbers(x.size, 1);
    const filterValues = numbers(filter.size, 2);
    const [dx] = await take(convolveInputGradient(dy, filter));
    const [dFilter] = await take(convolveFilterGradient(x, dy));
    // The loss is linear in both arguments, so a wide step is exact.
    const lossOfX = (x: Float64Array) =>
      dot(reference.convolve(x, filterValues, shape, co));
    assertClose(
      dx,
      reference.differences(lossOfX, xValues, 1),
      TOLERANCE,
      "dx",
    );
    const lossOfFilter = (filter: Float64Array) =>
      dot(reference.convolve(xValues, filter, shape, co));
    const expected = reference.differences(lossOfFilter, filterValues, 1);
    assertClose(dFilter, expected, TOLERANCE, "dFilter");
    await take(x, filter, dy);
  },
);
