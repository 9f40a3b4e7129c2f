/** Gradient of the 3x3 convolution with respect to its input. */

import * as tf from "@tensorflow/tfjs-core";
import { hasKernel, runKernel } from "../run_kernel.ts";
import { assertRank, assertShape } from "../shape_checks.ts";

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
  const shape: [number, number, number, number] = [
    ...[batch, height, width] as const,
    inChannels,
  ];
  if (rectified) assertShape(action, "the input", rectified, shape);
  if (rectified && hasKernel("RectifiedConvolve3x3InputGradient")) {
    const inputs = { dy, filter, rectified };
    return runKernel("RectifiedConvolve3x3InputGradient", inputs);
  }
  return tf.tidy(() => {
    const dx = runKernel<tf.Tensor4D>("Conv2DBackpropInput", { dy, filter }, {
      strides: 1,
      pad: "same",
      dataFormat: "NHWC",
      inputShape: shape,
    });
    return rectified ? tf.mul(dx, tf.step(rectified)) as tf.Tensor4D : dx;
  });
}
