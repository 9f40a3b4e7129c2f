/** A 1 x 1 convolution: a convolution block that sees no neighbors. */

import * as tf from "@tensorflow/tfjs-core";
import { matMul } from "../../lib/backend/ops.ts";
import {
  kerasBatchNormRelu,
  normalizedWeights,
} from "../../lib/cnn/layers/batch_norm.ts";
import { kerasConvolution } from "../../lib/cnn/layers/keras_layers.ts";
import type { LayerPlan } from "../../lib/cnn/layers/layer.ts";
import {
  forwardBlock,
  freezeBlock,
  type Product,
} from "../../lib/cnn/layers/normalized_block.ts";

/** `[B, S, S, I]` with a kernel of `[1, 1, I, C]`, as a matrix product. */
const pointwise: Product<tf.Tensor4D> = {
  multiply: (x, kernel) =>
    tf.tidy(() => {
      const z = matMul(asRows(x), asMatrix(kernel));
      return withChannels(z, x, kernel.shape[3]);
    }),
  inputGradient: (dz, kernel) =>
    tf.tidy(() => {
      const dx = matMul(asRows(dz), asMatrix(kernel), false, true);
      return withChannels(dx, dz, kernel.shape[2]);
    }),
  applyKernelGradient: (receiver, kernel, x, dz) =>
    receiver.apply(
      kernel,
      tf.tidy(() =>
        tf.reshape(matMul(asRows(x), asRows(dz), true), kernel.shape)
      ),
    ),
};

/** Rows of channels as images of the other one's size. */
function withChannels(
  rows: tf.Tensor2D,
  { shape: [batch, height, width] }: tf.Tensor4D,
  channels: number,
): tf.Tensor4D {
  return tf.reshape(rows, [batch, height, width, channels]);
}

/** Each pixel's channels as a row. */
function asRows(x: tf.Tensor4D): tf.Tensor2D {
  return tf.reshape(x, [-1, x.shape[3]]);
}

function asMatrix(kernel: tf.Tensor4D): tf.Tensor2D {
  return tf.reshape(kernel, kernel.shape.slice(2) as [number, number]);
}

/**
 * A 1 x 1 convolution without bias or pool; BatchNorm and ReLU.
 *
 * @param options `filters` is rounded to a whole number of at least 1.
 */
export function pointwiseBlock(
  { name, ...options }: { readonly name: string; readonly filters: number },
): LayerPlan {
  const filters = Math.max(1, Math.round(options.filters));
  return (inputShape) => {
    const [side, , channels] = inputShape;
    const z = side * side * filters;
    return {
      name,
      inputShape,
      outputShape: [side, side, filters],
      weights: normalizedWeights(name, [1, 1, channels, filters]),
      multiplyAdds: z * channels,
      memory: { kept: z, readsInput: true, keepsOutput: "never" },
      forward: (input, variables) => forwardBlock(pointwise, input, variables),
      freeze: (variables, startWeight) =>
        freezeBlock(pointwise, variables, startWeight),
      kerasLayers: ({ momentum }) => [
        kerasConvolution(name, filters, 1),
        ...kerasBatchNormRelu(name, momentum),
      ],
    };
  };
}
