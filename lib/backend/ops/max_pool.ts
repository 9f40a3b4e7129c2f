/** 2x2 max pooling and its gradient. */

import * as tf from "@tensorflow/tfjs-core";
import { hasKernel, runKernel } from "../run_kernel.ts";
import { assertRank, assertShape } from "../shape_checks.ts";

/** This project's only pooling, as attributes of tfjs's kernels. */
const ATTRIBUTES: tf.NamedAttrMap = {
  filterSize: 2,
  strides: 2,
  pad: "valid",
};

/**
 * 2x2 max pooling with stride 2 and no padding; an odd last row or column is
 * ignored.
 *
 * @param x `[batch, height, width, channels]`, height and width at least 2.
 * @returns `[batch, floor(height/2), floor(width/2), channels]`; the caller
 *   disposes of it.
 * @throws {RangeError} for another rank.
 * @throws {BackendFailure} after a device error.
 */
export function maxPool2(x: tf.Tensor4D): tf.Tensor4D {
  assertRank("max-pool", "the input", x, [4]);
  return runKernel("MaxPool", { x }, ATTRIBUTES);
}

/**
 * Gradient of {@linkcode maxPool2}: each output's gradient goes to the largest
 * element of its window; of equal ones to the first in row-major order. It
 * consumes the input: on wasm the gradient is written over it, because the two
 * are the largest tensors of a training step.
 *
 * @param dy `[batch, floor(height/2), floor(width/2), channels]`.
 * @param x `[batch, height, width, channels]`; must not share its values with
 *   another tensor, and must not be used or disposed of afterwards.
 * @param y the forward pass's output, of dy's shape.
 * @returns dx, of x's shape; the caller disposes of it.
 * @throws {RangeError} when the shapes do not fit.
 * @throws {BackendFailure} after a device error.
 */
export function maxPool2GradientOver(
  dy: tf.Tensor4D,
  x: tf.Tensor4D,
  y: tf.Tensor4D,
): tf.Tensor4D {
  const action = "compute the max pool's gradient";
  assertRank(action, "the input", x, [4]);
  const [batch, height, width, channels] = x.shape;
  const pooled = [batch, height >> 1, width >> 1, channels];
  assertShape(action, "dy", dy, pooled);
  assertShape(action, "the output", y, pooled);
  if (hasKernel("MaxPool2GradientOver")) {
    runKernel("MaxPool2GradientOver", { dy, input: x, output: y });
    return x;
  }
  const dx = tf.getBackend() === "webgpu"
    ? rotatedGradient(dy, x, y)
    : stockGradient(dy, x, y);
  x.dispose();
  return dx;
}

function stockGradient(
  dy: tf.Tensor4D,
  x: tf.Tensor4D,
  y: tf.Tensor4D,
): tf.Tensor4D {
  const inputs = { dy, input: x, output: y };
  return runKernel("MaxPoolGrad", inputs, ATTRIBUTES);
}

/**
 * tfjs's WebGPU kernel gives ties to the last element of a window. Rotated by
 * 180 degrees, the first one is the last.
 */
function rotatedGradient(
  dy: tf.Tensor4D,
  x: tf.Tensor4D,
  y: tf.Tensor4D,
): tf.Tensor4D {
  return tf.tidy(() => {
    const rotate = (tensor: tf.Tensor4D) => tf.reverse4d(tensor, [1, 2]);
    const [batch, height, width, channels] = x.shape;
    const [oddRow, oddColumn] = [height % 2, width % 2];
    const even = [batch, height - oddRow, width - oddColumn, channels];
    const whole = tf.slice4d(x, [0, 0, 0, 0], even as tf.Tensor4D["shape"]);
    const dx = rotate(stockGradient(rotate(dy), rotate(whole), rotate(y)));
    return tf.pad4d(dx, [[0, 0], [0, oddRow], [0, oddColumn], [0, 0]]);
  });
}
