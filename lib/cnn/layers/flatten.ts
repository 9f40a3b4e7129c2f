/** An image as one row of values. */

import * as tf from "@tensorflow/tfjs-core";
import { Activation } from "./activation.ts";
import { type KerasLayer, kerasLayer } from "./keras_layers.ts";
import type {
  FrozenLayer,
  Layer,
  LayerMemory,
  LayerPass,
  LayerPlan,
  Shape,
} from "./layer.ts";
import { sizeOf } from "./weights.ts";

/** The values of the image row by row, as a dense layer takes them. */
export function flatten(name = "flatten"): LayerPlan {
  return (input) => new Flatten(name, input);
}

class Flatten implements Layer {
  readonly outputShape: Shape;
  readonly weights = [];
  readonly memory: LayerMemory;

  constructor(readonly name: string, readonly inputShape: Shape) {
    const size = sizeOf(inputShape);
    this.outputShape = [size];
    // The output and its gradient share the values of what they came from.
    this.memory = {
      largest: 0,
      training: {
        mask: 0,
        kept: 0,
        readsInput: false,
        keepsOutput: "if read",
        backward: size,
      },
      inference: { kept: 0, backward: size },
    };
  }

  forward(input: Activation): LayerPass {
    return {
      output: this.#reshape(input),
      backward: (gradient) => this.#unreshape(gradient),
    };
  }

  freeze(): FrozenLayer {
    return {
      forward: (input) => ({
        output: this.#reshape(input),
        inputGradient: (gradient) => this.#unreshape(gradient),
      }),
    };
  }

  #reshape(input: Activation): Activation {
    const output = tf.reshape(input.tensor, [-1, ...this.outputShape]);
    input.release();
    return new Activation(output);
  }

  #unreshape(gradient: tf.Tensor): tf.Tensor {
    const dx = tf.reshape(gradient, [-1, ...this.inputShape]);
    gradient.dispose();
    return dx;
  }

  kerasLayers(): KerasLayer[] {
    return [kerasLayer("Flatten", this.name)];
  }
}
