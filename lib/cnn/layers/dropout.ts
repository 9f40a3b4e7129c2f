/** Dropout, whose masks are drawn from the batch's own stream. */

import {
  applyDropout,
  applyDropoutOver,
  drawDropout,
} from "../../backend/ops.ts";
import { Activation, share } from "./activation.ts";
import { kerasLayer } from "./keras_layers.ts";
import type { LayerPlan } from "./layer.ts";

/**
 * Inverted dropout: in training a value is dropped with the run's probability
 * `rate`, and the others are scaled by 1 / (1 - rate).
 */
export function dropout(name: string): LayerPlan {
  return (shape) => ({
    name,
    inputShape: shape,
    outputShape: shape,
    weights: [],
    drawMask: (batch, { dropout: rate }, stream) =>
      rate === 0 ? undefined : drawDropout([batch, ...shape], rate, stream),
    forward(input, _, mask) {
      const x = input.tensor;
      const output = new Activation(mask ? applyDropout(x, mask) : share(x));
      input.release();
      return {
        output,
        backward: (gradient) =>
          mask ? applyDropoutOver(gradient, mask) : gradient,
      };
    },
    freeze: () => undefined,
    kerasLayers: (
      { dropout: rate },
    ) => [kerasLayer("Dropout", name, { rate })],
  });
}
