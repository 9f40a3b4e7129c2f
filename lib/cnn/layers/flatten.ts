/** An image as one row of values, as a dense layer takes them. */

import * as tf from "@tensorflow/tfjs-core";
import { Activation } from "./activation.ts";
import { kerasLayer } from "./keras_layers.ts";
import type { LayerPass, LayerPlan } from "./layer.ts";
import { sizeOf } from "./weights.ts";

/** The values of the image, row by row. */
export function flatten(name = "flatten"): LayerPlan {
  return (inputShape) => {
    const size = sizeOf(inputShape);
    const forward = (input: Activation): LayerPass => {
      const output = new Activation(tf.reshape(input.tensor, [-1, size]));
      input.release();
      return {
        output,
        backward(gradient) {
          const dx = tf.reshape(gradient, [-1, ...inputShape]);
          gradient.dispose();
          return dx;
        },
      };
    };
    return {
      name,
      inputShape,
      outputShape: [size],
      weights: [],
      forward,
      freeze: () => ({ forward }),
      kerasLayers: () => [kerasLayer("Flatten", name)],
    };
  };
}
