/** 3x3 convolution and its gradients. */

import * as tf from "@tensorflow/tfjs-core";
import { hasKernel, runKernel } from "../run_kernel.ts";
import { assertRank, assertShape } from "../shape_checks.ts";

/** This project's only convolution, as attributes of tfjs's kernels. */
const ATTRIBUTES: tf.NamedAttrMap = {
  strides: 1,
  pad: "same",
  dataFormat: "NHWC",
  dilations: 1,
};

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
  const [inChannels, outChannels] = [x.shape[3], filter.shape[3]];
  assertShape(action, "the filter", filter, [3, 3, inChannels, outChannels]);
  if (bias) assertShape(action, "the bias", bias, [outChannels]);
  if (hasKernel("Convolve3x3")) {
    return runKernel(
      "Convolve3x3",
      bias ? { x, filter, bias } : { x, filter },
      { rectify },
    );
  }
  return tf.tidy(() => {
    const product = runKernel<tf.Tensor>("Conv2D", { x, filter }, ATTRIBUTES);
    const sum = bias ? tf.add(product, bias) : product;
    return (rectify ? tf.relu(sum) : sum) as tf.Tensor4D;
  });
}

/**
 * Gradient of {@linkcode convolve} with respect to its filter:
 * dW[u,v,c,o] = sum over b,i,j of x[b,i+u-1,j+v-1,c] dy[b,i,j,o].
 *
 * @param x `[batch, height, width, inChannels]`, the forward pass's input.
 * @param dy `[batch, height, width, outChannels]`, gradient with respect to the
 *   output.
 * @returns `[3, 3, inChannels, outChannels]`; the caller disposes of it.
 * @throws {RangeError} when the shapes do not fit.
 * @throws {BackendFailure} after a device error.
 */
export function convolveFilterGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
): tf.Tensor4D {
  const action = "compute the convolution's filter gradient";
  assertRank(action, "the input", x, [4]);
  assertRank(action, "dy", dy, [4]);
  const [batch, height, width, inChannels] = x.shape;
  const outChannels = dy.shape[3];
  assertShape(action, "dy", dy, [batch, height, width, outChannels]);
  return runKernel("Conv2DBackpropFilter", { x, dy }, {
    ...ATTRIBUTES,
    filterShape: [3, 3, inChannels, outChannels],
  });
}

/**
 * Gradient of {@linkcode convolve} with respect to its input:
 * dx[b,i,j,c] = sum over u,v,o of dy[b,i-u+1,j-v+1,o] filter[u,v,c,o],
 * a convolution with the filter rotated by 180 degrees and swapped channels.
 *
 * @param dy `[batch, height, width, outChannels]`, gradient with respect to the
 *   output.
 * @param filter `[3, 3, inChannels, outChannels]`.
 * @param rectified the convolution's input if it is the output of a ReLU,
 *   `[batch, height, width, inChannels]`: the result is then the gradient with
 *   respect to the ReLU's input, 0 where this is not above 0. None by default.
 * @returns `[batch, height, width, inChannels]`; the caller disposes of it.
 * @throws {RangeError} when the shapes do not fit.
 * @throws {BackendFailure} after a device error.
 */
export function convolveInputGradient(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  rectified?: tf.Tensor4D,
): tf.Tensor4D {
  const action = "compute the convolution's input gradient";
  assertRank(action, "dy", dy, [4]);
  assertRank(action, "the filter", filter, [4]);
  const [batch, height, width, outChannels] = dy.shape;
  const inChannels = filter.shape[2];
  assertShape(action, "the filter", filter, [3, 3, inChannels, outChannels]);
  const shape = [batch, height, width, inChannels];
  if (rectified) assertShape(action, "the input", rectified, shape);
  if (hasKernel("Convolve3x3InputGradient")) {
    return runKernel(
      "Convolve3x3InputGradient",
      rectified ? { dy, filter, rectified } : { dy, filter },
    );
  }
  return tf.tidy(() => {
    const dx = runKernel<tf.Tensor4D>("Conv2DBackpropInput", { dy, filter }, {
      ...ATTRIBUTES,
      inputShape: shape,
    });
    return rectified ? tf.mul(dx, tf.step(rectified)) as tf.Tensor4D : dx;
  });
}
