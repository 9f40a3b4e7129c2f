/** Dropout's masks, drawn from the run's own streams. */

import * as tf from "@tensorflow/tfjs-core";
import type { RandomStream } from "../random.ts";
import type { Architecture } from "./architecture.ts";
import type { DropoutMasks } from "./training_pass.ts";

function drawMask(
  shape: [number, number],
  rate: number,
  stream: RandomStream,
): tf.Tensor2D {
  const mask = new Float32Array(shape[0] * shape[1]);
  const kept = 1 / (1 - rate);
  // `bits` is even over the signed 32-bit numbers.
  const limit = rate * 2 ** 32 - 2 ** 31;
  for (let i = 0; i < mask.length; i++) {
    mask[i] = stream.bits() < limit ? 0 : kept;
  }
  return tf.tensor2d(mask, shape);
}

/**
 * Draws inverted dropout's masks for one batch: a value is dropped with
 * probability `rate`, the others are scaled by 1 / (1 - rate).
 *
 * @param architecture Gives the sizes of the two layers that drop.
 * @param batch Samples in the batch.
 * @param rate In [0, 1).
 * @param stream The batch's own stream.
 * @returns The masks, or undefined if the rate is 0. The caller frees them.
 */
export function drawDropout(
  architecture: Architecture,
  batch: number,
  rate: number,
  stream: RandomStream,
): DropoutMasks | undefined {
  if (rate === 0) return undefined;
  return {
    flattened: drawMask([batch, architecture.flattened], rate, stream),
    hidden: drawMask([batch, architecture.hiddenUnits], rate, stream),
  };
}
