/** 3x3 convolution. */

import * as tf from "@tensorflow/tfjs-core";
import { hasKernel, runKernel } from "../run_kernel.ts";
import { assertRank, assertShape } from "../shape_checks.ts";

/**
 * 3x3 convolution (cross-correlation, as in every deep learning library) with
 * stride 1 and zero padding "same":
 * y[b,i,j,o] = bias[o] + sum over u,v,c of x[b,i+u-1,j+v-1,c] filter[u,v,c,o].
 *
 * @param x `[batch, height, width, inChannels]`, float32.
 * @param filter `[3, 3, inChannels, outChannels]`.
 * @param bias `[outChannels]`; none by default.
 * @param rectify whether to return max(0, y); false by default. Together with
 *   the convolution it takes almost no time.
 * @returns `[batch, height, width, outChannels]`; the caller disposes of it.
 * @throws {RangeError} when the shapes do not fit.
 * @throws {BackendFailure} after a device error.
 */
export function convolve(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  bias?: tf.Tensor1D,
  rectify = false,
): tf.Tensor4D {
  const action = "convolve";
  assertRank(action, "the input", x, [4]);
  assertRank(action, "the filter", filter, [4]);
  assertShape(action, "the filter", filter, [
    3,
    3,
    x.shape[3],
    filter.shape[3],
  ]);
  if (bias) assertShape(action, "the bias", bias, [filter.shape[3]]);
  if (hasKernel("Convolve3x3")) {
    return runKernel(
      "Convolve3x3",
      bias ? { x, filter, bias } : { x, filter },
      { rectify },
    );
  }
  return tf.tidy(() => {
    const product = runKernel<tf.Tensor4D>("Conv2D", { x, filter }, {
      strides: 1,
      pad: "same",
      dataFormat: "NHWC",
      dilations: 1,
    });
    const sum = bias ? tf.add(product, bias) : product;
    return (rectify ? tf.relu(sum) : sum) as tf.Tensor4D;
  });
}
