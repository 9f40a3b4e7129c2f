/** Dropout, whose masks are drawn from the batch's own stream. */

import * as tf from "@tensorflow/tfjs-core";
import { Activation, share } from "./activation.ts";
import { kerasLayer } from "./keras_layers.ts";
import type { LayerPlan } from "./layer.ts";
import { sizeOf } from "./weights.ts";

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
        const mask = new Float32Array(batch * size);
        const kept = 1 / (1 - rate);
        // `bits` is even over the signed 32-bit numbers.
        const limit = rate * 2 ** 32 - 2 ** 31;
        for (let i = 0; i < mask.length; i++) {
          mask[i] = stream.bits() < limit ? 0 : kept;
        }
        return tf.tensor(mask, [batch, ...shape]);
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
