/** The last layer: one logit a tissue. */

import * as tf from "@tensorflow/tfjs-core";
import { biasGradient, matMul } from "../../backend/ops.ts";
import { Activation } from "./activation.ts";
import { handOver } from "./gradients.ts";
import { kerasDense, type KerasLayer } from "./keras_layers.ts";
import type {
  FrozenLayer,
  Layer,
  LayerMemory,
  LayerPass,
  LayerPlan,
  Shape,
  Variables,
} from "./layer.ts";
import {
  declare,
  glorotUniform,
  type WeightDeclaration,
  zeros,
} from "./weights.ts";

/** A dense layer with a bias. Softmax is left to the loss (`softmax.ts`). */
export function output(name = "output"): LayerPlan {
  return (input, tissues) => new Output(name, input, tissues);
}

class Output implements Layer {
  readonly outputShape: Shape;
  readonly weights: readonly WeightDeclaration[];
  readonly memory: LayerMemory;

  constructor(
    readonly name: string,
    readonly inputShape: Shape,
    tissues: number,
  ) {
    const [inputs] = inputShape;
    this.outputShape = [tissues];
    this.weights = [
      declare(`${name}/kernel`, [inputs, tissues], glorotUniform),
      declare(`${name}/bias`, [tissues], zeros),
    ];
    this.memory = {
      largest: tissues,
      training: {
        mask: 0,
        kept: 0,
        readsInput: true,
        keepsOutput: "if read",
        backward: 2 * tissues,
      },
      inference: { kept: 0, backward: tissues + inputs },
    };
  }

  forward(input: Activation, variables: Variables): LayerPass {
    const logits = this.#logits(input, variables);
    input.keep();
    input.release();
    const [kernel, bias] = variables;
    return {
      output: logits,
      backward: (gradient, receiver, needsInputGradient) => {
        const dy = gradient as tf.Tensor2D;
        const x = input.tensor as tf.Tensor2D;
        // The receiver may change the kernel: the input's gradient is first.
        const dx = needsInputGradient
          ? matMul(dy, kernel as tf.Variable<tf.Rank.R2>, false, true)
          : undefined;
        handOver(receiver, kernel, matMul(x, dy, true, false));
        handOver(receiver, bias, biasGradient(dy));
        dy.dispose();
        input.release();
        return dx;
      },
    };
  }

  freeze(variables: Variables): FrozenLayer {
    return {
      forward: (input) => {
        const logits = this.#logits(input, variables);
        input.release();
        return {
          output: logits,
          inputGradient(gradient) {
            const kernel = variables[0] as tf.Variable<tf.Rank.R2>;
            const dx = matMul(gradient as tf.Tensor2D, kernel, false, true);
            gradient.dispose();
            return dx;
          },
        };
      },
    };
  }

  /** `[B, tissues]` */
  #logits(input: Activation, [kernel, bias]: Variables): Activation {
    const x = input.tensor as tf.Tensor2D;
    return new Activation(
      tf.tidy(() => tf.add(matMul(x, kernel as tf.Variable<tf.Rank.R2>), bias)),
    );
  }

  kerasLayers(): KerasLayer[] {
    return [kerasDense(this.name, this.outputShape[0], "softmax", true)];
  }
}
