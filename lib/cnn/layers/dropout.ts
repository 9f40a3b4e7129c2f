/** Dropout, whose masks are drawn from the batch's own stream. */

import * as tf from "@tensorflow/tfjs-core";
import type { RandomStream } from "../../random.ts";
import { Activation, share } from "./activation.ts";
import { type KerasLayer, kerasLayer } from "./keras_layers.ts";
import type {
  Layer,
  LayerMemory,
  LayerPass,
  LayerPlan,
  LayerSettings,
  Shape,
  Variables,
} from "./layer.ts";
import { sizeOf } from "./weights.ts";

/**
 * Inverted dropout: in training a value is dropped with the run's probability
 * `rate`, and the others are scaled by 1 / (1 - rate).
 */
export function dropout(name: string): LayerPlan {
  return (input) => new Dropout(name, input);
}

class Dropout implements Layer {
  readonly outputShape: Shape;
  readonly weights = [];
  readonly memory: LayerMemory;

  constructor(readonly name: string, readonly inputShape: Shape) {
    const size = sizeOf(inputShape);
    this.outputShape = inputShape;
    this.memory = {
      largest: size,
      training: {
        mask: size,
        kept: 0,
        readsInput: false,
        keepsOutput: "if read",
        backward: size,
      },
      inference: { kept: 0, backward: 0 },
    };
  }

  drawMask(
    batch: number,
    { dropout: rate }: Pick<LayerSettings, "dropout">,
    stream: RandomStream,
  ): tf.Tensor | undefined {
    if (rate === 0) return undefined;
    const mask = new Float32Array(batch * sizeOf(this.inputShape));
    const kept = 1 / (1 - rate);
    // `bits` is even over the signed 32-bit numbers.
    const limit = rate * 2 ** 32 - 2 ** 31;
    for (let i = 0; i < mask.length; i++) {
      mask[i] = stream.bits() < limit ? 0 : kept;
    }
    return tf.tensor(mask, [batch, ...this.inputShape]);
  }

  forward(input: Activation, _: Variables, mask?: tf.Tensor): LayerPass {
    const output = mask ? tf.mul(input.tensor, mask) : share(input.tensor);
    input.release();
    return {
      output: new Activation(output),
      backward(gradient) {
        if (!mask) return gradient;
        const dx = tf.mul(gradient, mask);
        gradient.dispose();
        return dx;
      },
    };
  }

  freeze(): undefined {}

  kerasLayers({ dropout: rate }: LayerSettings): KerasLayer[] {
    return [kerasLayer("Dropout", this.name, { rate })];
  }
}
