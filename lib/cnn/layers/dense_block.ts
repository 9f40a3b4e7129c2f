/** A dense layer with BatchNorm and ReLU. */

import type * as tf from "@tensorflow/tfjs-core";
import { matMul } from "../../backend/ops.ts";
import { kerasBatchNormRelu, normalizedWeights } from "./batch_norm.ts";
import { kerasDense } from "./keras_layers.ts";
import type { LayerPlan } from "./layer.ts";
import { forwardBlock, freezeBlock, type Product } from "./normalized_block.ts";

/**
 * `[B, I]` times `[I, U]`. For predictions the kernel is not scaled, either: it
 * is too large to be copied.
 */
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
    freeze: (variables, startWeight) =>
      freezeBlock(matrixProduct, variables, startWeight),
    kerasLayers: ({ momentum }) => [
      kerasDense(name, units, "linear", false),
      ...kerasBatchNormRelu(name, momentum),
    ],
  });
}
