/** A layer kind as one may be added: y = x + weight * x^2, channel by channel. */

import * as tf from "@tensorflow/tfjs-core";
import { biasGradient } from "../../lib/backend/ops.ts";
import { Activation } from "../../lib/cnn/layers/activation.ts";
import { kerasLayer } from "../../lib/cnn/layers/keras_layers.ts";
import type { LayerPlan, Shape } from "../../lib/cnn/layers/layer.ts";
import { declare, sizeOf } from "../../lib/cnn/layers/weights.ts";
import type { RandomStream } from "../../lib/random.ts";

/** A layer that bends its input; each channel has a weight. */
export function bend(name: string): LayerPlan {
  return (shape) => {
    const size = sizeOf(shape);
    return {
      name,
      inputShape: shape,
      outputShape: shape,
      weights: [declare(`${name}/weight`, shape.slice(-1), smallWeights)],
      memory: {
        readsInput: true,
        // The input if it is recomputed, the output's gradient, and three
        // tensors on the way to the input's.
        backward: 5 * size,
      },
      forward(input, [weight]) {
        const output = new Activation(computeOutput(input.tensor, weight));
        input.keep();
        input.release();
        return {
          output,
          backward(gradient, receiver) {
            const x = input.tensor;
            const dx = inputGradient(gradient, x, weight);
            const slopes = tf.tidy(() => tf.mul(tf.square(x), gradient));
            receiver.apply(weight, biasGradient(slopes as tf.Tensor4D));
            tf.dispose([gradient, slopes]);
            input.release();
            return dx;
          },
        };
      },
      freeze: ([weight]) => ({
        forward(input, keep) {
          const output = new Activation(computeOutput(input.tensor, weight));
          if (keep) input.keep();
          input.release();
          return {
            output,
            backward(gradient) {
              const dx = inputGradient(gradient, input.tensor, weight);
              gradient.dispose();
              input.release();
              return dx;
            },
          };
        },
      }),
      kerasLayers: () => [kerasLayer("Bend", name)],
    };
  };
}

function smallWeights([size]: Shape, stream: RandomStream): Float32Array {
  return Float32Array.from({ length: size }, () => stream.uniform() - 0.5);
}

/** x + weight x^2 */
function computeOutput(x: tf.Tensor, weight: tf.Variable): tf.Tensor {
  return tf.tidy(() => tf.add(x, tf.mul(weight, tf.square(x))));
}

/** dy (1 + 2 weight x) */
function inputGradient(
  dy: tf.Tensor,
  x: tf.Tensor,
  weight: tf.Variable,
): tf.Tensor {
  return tf.tidy(() => tf.mul(dy, tf.add(1, tf.mul(tf.mul(2, weight), x))));
}
