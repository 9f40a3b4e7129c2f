/** The last layer: one logit a tissue. */

import * as tf from "@tensorflow/tfjs-core";
import { biasGradient, matMul } from "../../backend/ops.ts";
import { Activation } from "./activation.ts";
import { kerasDense } from "./keras_layers.ts";
import type { LayerPlan, Variables } from "./layer.ts";
import { declare, glorotUniform, zeros } from "./weights.ts";

/** A dense layer with a bias. Softmax is left to the loss (`softmax.ts`). */
export function output(name = "output"): LayerPlan {
  return (inputShape, tissues) => {
    const [inputs] = inputShape;
    return {
      name,
      inputShape,
      outputShape: [tissues],
      weights: [
        declare(`${name}/kernel`, [inputs, tissues], glorotUniform),
        declare(`${name}/bias`, [tissues], zeros),
      ],
      multiplyAdds: inputs * tissues,
      memory: { readsInput: true, backward: 2 * tissues },
      forward(input, variables) {
        const { kernel, bias } = named(variables);
        input.keep();
        return {
          output: computeLogits(input, variables),
          backward(gradient, receiver) {
            const dy = gradient as tf.Tensor2D;
            // The receiver may change the kernel: dx comes first.
            const dx = matMul(dy, kernel, false, true);
            const x = input.tensor as tf.Tensor2D;
            receiver.apply(kernel, matMul(x, dy, true));
            receiver.apply(bias, biasGradient(dy));
            dy.dispose();
            input.release();
            return dx;
          },
        };
      },
      freeze: (variables) => ({
        forward: (input) => ({
          output: computeLogits(input, variables),
          backward(gradient) {
            const { kernel } = named(variables);
            const dx = matMul(gradient as tf.Tensor2D, kernel, false, true);
            gradient.dispose();
            return dx;
          },
        }),
      }),
      kerasLayers: () => [kerasDense(name, tissues, "softmax", true)],
    };
  };
}

function named([kernel, bias]: Variables) {
  return { kernel: kernel as tf.Variable<tf.Rank.R2>, bias };
}

/** `[B, tissues]`; releases the input. */
function computeLogits(input: Activation, variables: Variables): Activation {
  const { kernel, bias } = named(variables);
  const x = input.tensor as tf.Tensor2D;
  const logits = tf.tidy(() => tf.add(matMul(x, kernel), bias));
  input.release();
  return new Activation(logits);
}
