/** A dense layer with BatchNorm and ReLU. */

import * as tf from "@tensorflow/tfjs-core";
import {
  matMul,
  scaleShiftRelu,
  scaleShiftReluGradient,
} from "../../backend/ops.ts";
import { Activation } from "./activation.ts";
import {
  batchNormWeights,
  inferenceScaleAndShift,
  kerasBatchNormRelu,
  normalize,
} from "./batch_norm.ts";
import { kerasDense } from "./keras_layers.ts";
import type { FrozenLayer, LayerPass, LayerPlan, Variables } from "./layer.ts";
import { declare, glorotUniform } from "./weights.ts";

/** What can be chosen about a dense layer. */
export interface DenseBlockOptions {
  readonly name: string;
  readonly units: number;
}

/** A dense layer without bias, which BatchNorm would cancel. */
export function denseBlock({ name, units }: DenseBlockOptions): LayerPlan {
  return (inputShape) => {
    const [inputs] = inputShape;
    return {
      name,
      inputShape,
      outputShape: [units],
      weights: [
        declare(`${name}/kernel`, [inputs, units], glorotUniform),
        ...batchNormWeights(name, units),
      ],
      memory: {
        largest: units,
        kept: units,
        readsInput: true,
        keepsOutput: "never",
        backward: units,
        inference: {
          kept: units,
          // The gradient behind the ReLU, with that behind BatchNorm and what
          // went into it; then the gradients behind and before the product.
          backward: Math.max(3 * units, units + inputs),
        },
      },
      forward,
      freeze,
      kerasLayers: ({ momentum }) => [
        kerasDense(name, units, "linear", false),
        ...kerasBatchNormRelu(name, momentum),
      ],
    };
  };
}

function forward(input: Activation, [first, ...norm]: Variables): LayerPass {
  const kernel = first as tf.Variable<tf.Rank.R2>;
  const z = matMul(input.tensor as tf.Tensor2D, kernel); // [B, U]
  input.keep();
  input.release();
  const normalized = normalize(z, norm);
  const recompute = normalized.activate;
  return {
    output: new Activation(recompute(), { recompute }),
    statistics: normalized.statistics,
    backward(gradient, receiver) {
      const dz = normalized.backward(gradient as tf.Tensor2D, receiver);
      // The receiver may change the kernel: dx comes first.
      const dx = matMul(dz, kernel, false, true);
      receiver.applyProduct(kernel, input.tensor as tf.Tensor2D, dz);
      dz.dispose();
      input.release();
      return dx;
    },
    dispose: normalized.dispose,
  };
}

/** BatchNorm is not folded into the kernel, which is too large to be copied. */
function freeze(
  [first, ...norm]: Variables,
  startWeight: number,
): FrozenLayer {
  const kernel = first as tf.Variable<tf.Rank.R2>;
  const { scale, shift } = inferenceScaleAndShift(norm, startWeight);
  return {
    forward(input, keep) {
      const z = matMul(input.tensor as tf.Tensor2D, kernel); // [B, U]
      input.release();
      const output = new Activation(scaleShiftRelu(z, scale, shift));
      if (!keep) z.dispose();
      return {
        output,
        inputGradient(gradient) {
          const dy = gradient as tf.Tensor2D;
          const dz = scaleShiftReluGradient(dy, z, scale, shift);
          tf.dispose([dy, z]);
          const dx = matMul(dz, kernel, false, true);
          dz.dispose();
          return dx;
        },
      };
    },
    dispose: () => tf.dispose([scale, shift]),
  };
}
