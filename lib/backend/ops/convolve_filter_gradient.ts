/** Gradient of the 3x3 convolution with respect to its filter. */

import type * as tf from "@tensorflow/tfjs-core";
import { runKernel } from "../run_kernel.ts";
import { assertRank, assertShape } from "../shape_checks.ts";

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
    strides: 1,
    pad: "same",
    dataFormat: "NHWC",
    filterShape: [3, 3, inChannels, outChannels],
  });
}
