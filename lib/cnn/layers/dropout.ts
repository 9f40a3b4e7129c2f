/** Dropout, whose masks are drawn from the batch's own stream. */

import * as tf from "@tensorflow/tfjs-core";
import type { RandomStream } from "../../random.ts";
import { Activation, share } from "./activation.ts";
import { kerasLayer } from "./keras_layers.ts";
import type { LayerPlan } from "./layer.ts";
import { sizeOf } from "./weights.ts";

/**
 * Draws 0 with the probability `rate` and else 1 / (1 - rate).
 *
 * A byte decides on a value, so that one draw of 32 bits does for four: below
 * the whole part of 256 `rate` the value is dropped, above it is kept. A byte
 * equal to it leaves that to another draw, and so the rate is exact.
 */
function drawValues(
  size: number,
  rate: number,
  stream: RandomStream,
): Float32Array {
  const words = new Int32Array(Math.ceil(size / 4));
  for (let i = 0; i < words.length; i++) words[i] = stream.bits();
  const bytes = new Uint8Array(words.buffer);
  const kept = 1 / (1 - rate);
  const undecided = Math.floor(256 * rate);
  const valueOf = new Float32Array(256).fill(kept).fill(0, 0, undecided);
  // `bits` is even over the signed 32-bit numbers.
  const limit = (256 * rate - undecided) * 2 ** 32 - 2 ** 31;
  const values = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    const byte = bytes[i];
    values[i] = byte !== undecided
      ? valueOf[byte]
      : stream.bits() < limit
      ? 0
      : kept;
  }
  return values;
}

/**
 * Inverted dropout: in training a value is dropped with the run's probability
 * `rate`, and the others are scaled by 1 / (1 - rate).
 */
export function dropout(name: string): LayerPlan {
  return (shape) => {
    const size = sizeOf(shape);
    return {
      name,
      inputShape: shape,
      outputShape: shape,
      weights: [],
      drawMask(batch, { dropout: rate }, stream) {
        if (rate === 0) return undefined;
        const values = drawValues(batch * size, rate, stream);
        return tf.tensor(values, [batch, ...shape]);
      },
      forward(input, _, mask) {
        const x = input.tensor;
        const output = new Activation(mask ? tf.mul(x, mask) : share(x));
        input.release();
        return {
          output,
          backward(gradient) {
            if (!mask) return gradient;
            const dx = tf.mul(gradient, mask);
            gradient.dispose();
            return dx;
          },
        };
      },
      freeze: () => undefined,
      kerasLayers: (
        { dropout: rate },
      ) => [kerasLayer("Dropout", name, { rate })],
    };
  };
}
