/** A dense layer with BatchNorm and ReLU. */

import * as tf from "@tensorflow/tfjs-core";
import {
  matMul,
  scaleShiftRelu,
  scaleShiftReluGradient,
} from "../../backend/ops.ts";
import { Activation } from "./activation.ts";
import {
  inferenceScaleAndShift,
  kerasBatchNormRelu,
  normalizedWeights,
} from "./batch_norm.ts";
import { kerasDense } from "./keras_layers.ts";
import type { FrozenLayer, LayerPlan, Variables } from "./layer.ts";
import { forwardBlock, type Product } from "./normalized_block.ts";

/** `[B, I]` times `[I, U]`. */
const matrixProduct: Product<tf.Tensor2D> = {
  multiply: matMul,
  inputGradient: (dz, kernel) => matMul(dz, kernel, false, true),
  applyKernelGradient: (receiver, kernel, x, dz) =>
    receiver.applyProduct(kernel, x, dz),
};

/** A dense layer without bias, with BatchNorm and ReLU. */
export function denseBlock(
  { name, units }: { readonly name: string; readonly units: number },
): LayerPlan {
  return (inputShape) => ({
    name,
    inputShape,
    outputShape: [units],
    weights: normalizedWeights(name, [inputShape[0], units]),
    multiplyAdds: inputShape[0] * units,
    memory: { kept: units, readsInput: true, keepsOutput: "never" },
    forward: (input, variables) =>
      forwardBlock(matrixProduct, input, variables),
    freeze,
    kerasLayers: ({ momentum }) => [
      kerasDense(name, units, "linear", false),
      ...kerasBatchNormRelu(name, momentum),
    ],
  });
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
        backward(gradient) {
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
