/** A 3 x 3 convolution with BatchNorm and ReLU, and a max pool if asked for. */

import * as tf from "@tensorflow/tfjs-core";
import {
  convolve,
  convolveFilterGradient,
  convolveInputGradient,
  maxPool2,
  maxPool2GradientOver,
} from "../../backend/ops.ts";
import { filterGradientGroups } from "../../backend/wasm/filter_gradient_kernel.ts";
import { Activation } from "./activation.ts";
import {
  batchNormWeights,
  inferenceScaleAndShift,
  kerasBatchNormRelu,
  normalize,
} from "./batch_norm.ts";
import { handOver } from "./gradients.ts";
import { GLOROT, type KerasLayer, kerasLayer } from "./keras_layers.ts";
import type { FrozenLayer, LayerPass, LayerPlan, Variables } from "./layer.ts";
import { declare, glorotUniform, sizeOf } from "./weights.ts";

/** What can be chosen about a convolution. */
export interface ConvBlockOptions {
  readonly name: string;
  /** Rounded to a whole number of at least 1. */
  readonly filters: number;
  /** Whether a 2 x 2 max pool follows; default false. */
  readonly pool?: boolean;
}

/**
 * A 3 x 3 convolution with zero padding, BatchNorm and ReLU. It carries no
 * bias: BatchNorm subtracts the mean and would cancel it.
 */
export function convBlock(options: ConvBlockOptions): LayerPlan {
  const { name } = options;
  const filters = Math.max(1, Math.round(options.filters));
  return (inputShape) => {
    const [side, , channels] = inputShape;
    // A side of 1 cannot be halved: very small gene lists skip the pool.
    const isPooled = options.pool === true && side >= 2;
    const sideAfter = isPooled ? Math.floor(side / 2) : side;
    const kernelShape = [3, 3, channels, filters];
    const z = side * side * filters;
    const output = sideAfter * sideAfter * filters;
    const kept = isPooled ? z + output : z;
    return {
      name,
      inputShape,
      outputShape: [sideAfter, sideAfter, filters],
      weights: [
        declare(`${name}/kernel`, kernelShape, glorotUniform),
        ...batchNormWeights(name, filters),
      ],
      memory: {
        largest: z,
        kept: z,
        readsInput: true,
        keepsOutput: isPooled ? "always" : "never",
        // The output's gradient; of a pool the output, too, and z activated
        // once more, which its gradient is written over.
        backward: isPooled ? 2 * output + z : output,
        inference: {
          kept,
          // The output's gradient, as the one before the pool is written over
          // what went into it; then the gradients behind and before the
          // convolution.
          backward: Math.max(kept + output, z + sizeOf(inputShape)),
        },
        // The parts of the kernel's gradient count in batches of thousands.
        scratchBytes: (batch) =>
          4 * sizeOf(kernelShape) * filterGradientGroups(batch),
      },
      forward: (input, variables) => forward(isPooled, input, variables),
      freeze: (variables, startWeight) =>
        freeze(isPooled, variables, startWeight),
      kerasLayers: ({ momentum }) => [
        kerasConvolution(name, filters),
        ...kerasBatchNormRelu(name, momentum),
        ...(isPooled ? [kerasPool(name)] : []),
      ],
    };
  };
}

function forward(
  isPooled: boolean,
  input: Activation,
  [first, ...norm]: Variables,
): LayerPass {
  const kernel = first as tf.Variable<tf.Rank.R4>;
  const z = convolve(input.tensor as tf.Tensor4D, kernel); // [B, S, S, C]
  input.keep();
  input.release();
  const normalized = normalize(z, norm);
  const recompute = normalized.activate;
  const output = isPooled
    ? pool(recompute())
    : new Activation(recompute(), { recompute });
  return {
    output,
    statistics: normalized.statistics,
    backward(gradient, receiver, needsInputGradient) {
      let dBlock = gradient as tf.Tensor4D;
      if (isPooled) {
        const pooled = output.tensor as tf.Tensor4D;
        dBlock = maxPool2GradientOver(dBlock, recompute(), pooled);
        gradient.dispose();
        output.release();
      }
      const dz = normalized.backward(dBlock, receiver); // [B, S, S, C]
      const x = input.tensor as tf.Tensor4D;
      // The receiver may change the kernel: dx comes first.
      const dx = needsInputGradient
        ? convolveInputGradient(dz, kernel)
        : undefined;
      handOver(receiver, kernel, convolveFilterGradient(x, dz));
      dz.dispose();
      input.release();
      return dx;
    },
    dispose: normalized.dispose,
  };
}

/** The gradient of the pool needs its output again. */
function pool(activated: tf.Tensor4D): Activation {
  const output = new Activation(maxPool2(activated)); // [B, S/2, S/2, C]
  activated.dispose();
  output.keep();
  return output;
}

/**
 * BatchNorm is folded into the convolution:
 * `scale * (x * w) + shift = x * (scale w) + shift`.
 */
function freeze(
  isPooled: boolean,
  [first, ...norm]: Variables,
  startWeight: number,
): FrozenLayer {
  const { scale, shift } = inferenceScaleAndShift(norm, startWeight);
  const kernel = tf.mul(first, scale) as tf.Tensor4D;
  scale.dispose();
  return {
    forward(input, keep) {
      let block = convolve(input.tensor as tf.Tensor4D, kernel, shift, true);
      input.release();
      let unpooled: tf.Tensor4D | undefined;
      if (isPooled) {
        unpooled = block;
        block = maxPool2(unpooled);
        if (!keep) unpooled.dispose();
      }
      const output = new Activation(block, { rectified: true });
      if (keep) output.keep();
      return {
        output,
        inputGradient(gradient) {
          let dBlock = gradient as tf.Tensor4D;
          // The ReLU lets the gradient through where the output is above 0;
          // behind a max pool that is the same, and a quarter of the work.
          const rectified = output.takeRelu();
          if (rectified) {
            dBlock = tf.tidy(() => tf.mul(gradient, tf.step(rectified)));
            gradient.dispose();
          }
          if (unpooled) {
            const dPooled = dBlock;
            dBlock = maxPool2GradientOver(dPooled, unpooled, block);
            dPooled.dispose();
          }
          output.release();
          const before = input.takeRelu() as tf.Tensor4D | undefined;
          const dx = convolveInputGradient(dBlock, kernel, before);
          dBlock.dispose();
          return dx;
        },
      };
    },
    dispose: () => tf.dispose([kernel, shift]),
  };
}

function kerasConvolution(name: string, filters: number): KerasLayer {
  return kerasLayer("Conv2D", name, {
    filters,
    kernel_size: [3, 3],
    strides: [1, 1],
    padding: "same",
    data_format: "channels_last",
    dilation_rate: [1, 1],
    activation: "linear",
    use_bias: false,
    kernel_initializer: GLOROT,
  });
}

function kerasPool(name: string): KerasLayer {
  return kerasLayer("MaxPooling2D", `${name}_pool`, {
    pool_size: [2, 2],
    strides: [2, 2],
    padding: "valid",
    data_format: "channels_last",
  });
}
