/** A 3 x 3 convolution with BatchNorm and ReLU, and a max pool if asked for. */

import * as tf from "@tensorflow/tfjs-core";
import {
  convolve,
  convolveFilterGradient,
  convolveInputGradient,
  maxPool2,
  maxPool2GradientOver,
  scaleShiftReluGradient,
} from "../../backend/ops.ts";
import { filterGradientGroups } from "../../backend/wasm/filter_gradient_kernel.ts";
import { Activation } from "./activation.ts";
import {
  inferenceScaleAndShift,
  kerasBatchNormRelu,
  normalizedWeights,
} from "./batch_norm.ts";
import { kerasConvolution, kerasLayer } from "./keras_layers.ts";
import type { FrozenLayer, LayerPass, LayerPlan, Variables } from "./layer.ts";
import { forwardBlock, type Product } from "./normalized_block.ts";
import { sizeOf } from "./weights.ts";

/** `[B, S, S, I]` with a kernel of `[3, 3, I, C]`. */
const convolution: Product<tf.Tensor4D> = {
  multiply: convolve,
  inputGradient: convolveInputGradient,
  applyKernelGradient: (receiver, kernel, x, dz) =>
    receiver.apply(kernel, convolveFilterGradient(x, dz)),
};

/**
 * A 3 x 3 convolution with zero padding, without bias; BatchNorm and ReLU.
 *
 * @param options `filters` is rounded to a whole number of at least 1; `pool`
 * says whether a 2 x 2 max pool follows.
 */
export function convBlock(
  { name, pool: wantsPool = false, ...options }: {
    readonly name: string;
    readonly filters: number;
    readonly pool?: boolean;
  },
): LayerPlan {
  const filters = Math.max(1, Math.round(options.filters));
  return (inputShape) => {
    const [side, , channels] = inputShape;
    // A side of 1 cannot be halved: very small gene lists skip the pool.
    const isPooled = wantsPool && side >= 2;
    const sideAfter = isPooled ? Math.floor(side / 2) : side;
    const kernelShape = [3, 3, channels, filters];
    const z = side * side * filters;
    const output = sideAfter * sideAfter * filters;
    return {
      name,
      inputShape,
      outputShape: [sideAfter, sideAfter, filters],
      weights: normalizedWeights(name, kernelShape),
      // From 4 channels on Winograd's F(4x4, 3x3) takes a quarter.
      multiplyAdds: z * 9 * channels / (channels < 4 ? 1 : 4),
      memory: {
        largest: z,
        kept: z,
        readsInput: true,
        keepsOutput: isPooled ? "always" : "never",
        // Of a pool its output, that one's gradient, and z activated once
        // more, which its gradient is written over.
        backward: isPooled ? 2 * output + z : z,
        // The parts of the kernel's gradient count in batches of thousands.
        scratchBytes: (batch) =>
          4 * sizeOf(kernelShape) * filterGradientGroups(batch),
      },
      forward(input, variables) {
        const block = forwardBlock(convolution, input, variables);
        return isPooled ? pool(block) : block;
      },
      freeze: (variables, startWeight) =>
        freeze(isPooled, variables, startWeight),
      kerasLayers: ({ momentum }) => [
        kerasConvolution(name, filters, 3),
        ...kerasBatchNormRelu(name, momentum),
        ...(isPooled
          ? [kerasLayer("MaxPooling2D", `${name}_pool`, {
            pool_size: [2, 2],
            strides: [2, 2],
            padding: "valid",
            data_format: "channels_last",
          })]
          : []),
      ],
    };
  };
}

/** Puts the pool behind a block. Its gradient needs its output again. */
function pool(block: LayerPass): LayerPass {
  const activated = block.output;
  // [B, S/2, S/2, C]
  const output = new Activation(maxPool2(activated.tensor as tf.Tensor4D));
  activated.release();
  output.keep();
  return {
    ...block,
    output,
    backward(gradient, ...others) {
      const dBlock = maxPool2GradientOver(
        gradient as tf.Tensor4D,
        activated.tensor as tf.Tensor4D, // recomputed, and used up
        output.tensor as tf.Tensor4D,
      );
      gradient.dispose();
      output.release();
      return block.backward(dBlock, ...others);
    },
  };
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
  const [one, zero] = [tf.onesLike(shift), tf.zerosLike(shift)];
  return {
    forward(input, keep) {
      const x = input.tensor as tf.Tensor4D;
      const activated = convolve(x, kernel, shift, true);
      input.release();
      const block = isPooled ? maxPool2(activated) : activated;
      if (isPooled && !keep) activated.dispose();
      const output = new Activation(block, { rectified: true });
      if (keep) output.keep();
      return {
        output,
        backward(gradient) {
          let dBlock = gradient as tf.Tensor4D;
          // The ReLU lets the gradient through where the output is above 0;
          // behind a max pool that is the same, and a quarter of the work.
          const rectified = output.takeRelu();
          if (rectified) {
            dBlock = scaleShiftReluGradient(
              dBlock,
              rectified as tf.Tensor4D,
              one,
              zero,
            );
            gradient.dispose();
          }
          if (isPooled) {
            const dPooled = dBlock;
            dBlock = maxPool2GradientOver(dPooled, activated, block);
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
    dispose: () => tf.dispose([kernel, shift, one, zero]),
  };
}
