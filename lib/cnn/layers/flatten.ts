/** An image as one row of values, as a dense layer takes them. */

import * as tf from "@tensorflow/tfjs-core";
import { Activation } from "./activation.ts";
import { kerasLayer } from "./keras_layers.ts";
import type { LayerPlan } from "./layer.ts";
import { sizeOf } from "./weights.ts";

/** The values of the image, row by row. */
export function flatten(name = "flatten"): LayerPlan {
  return (inputShape) => {
    const size = sizeOf(inputShape);
    const reshape = (input: Activation) => {
      const output = tf.reshape(input.tensor, [-1, size]);
      input.release();
      return new Activation(output);
    };
    const reshapeGradient = (gradient: tf.Tensor) => {
      const dx = tf.reshape(gradient, [-1, ...inputShape]);
      gradient.dispose();
      return dx;
    };
    return {
      name,
      inputShape,
      outputShape: [size],
      weights: [],
      forward: (input) => ({
        output: reshape(input),
        backward: reshapeGradient,
      }),
      freeze: () => ({
        forward: (input) => ({
          output: reshape(input),
          inputGradient: reshapeGradient,
        }),
      }),
      kerasLayers: () => [kerasLayer("Flatten", name)],
    };
  };
}
