/** 2x2 max pooling. */

import type * as tf from "@tensorflow/tfjs-core";
import { runKernel } from "../run_kernel.ts";
import { assertRank } from "../shape_checks.ts";

/** This project's only pooling, as attributes of tfjs's kernels. */
export const POOL_ATTRIBUTES: tf.NamedAttrMap = {
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
  return runKernel("MaxPool", { x }, POOL_ATTRIBUTES);
}
