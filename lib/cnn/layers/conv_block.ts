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
import type {
  FrozenLayer,
  Layer,
  LayerMemory,
  LayerPass,
  LayerPlan,
  LayerSettings,
  Shape,
  Variables,
} from "./layer.ts";
import {
  declare,
  glorotUniform,
  sizeOf,
  type WeightDeclaration,
} from "./weights.ts";

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
  return (input) => new ConvBlock(options, input);
}

type Kernel = tf.Variable<tf.Rank.R4>;

class ConvBlock implements Layer {
  readonly name: string;
  readonly filters: number;
  readonly isPooled: boolean;
  readonly outputShape: Shape;
  readonly weights: readonly WeightDeclaration[];
  readonly memory: LayerMemory;

  constructor(
    { name, filters, pool = false }: ConvBlockOptions,
    readonly inputShape: Shape,
  ) {
    const [side, , channels] = inputShape;
    this.name = name;
    this.filters = Math.max(1, Math.round(filters));
    // A side of 1 cannot be halved: very small gene lists skip the pool.
    this.isPooled = pool && side >= 2;
    const sideAfter = this.isPooled ? Math.floor(side / 2) : side;
    this.outputShape = [sideAfter, sideAfter, this.filters];
    this.weights = [
      declare(`${name}/kernel`, [3, 3, channels, this.filters], glorotUniform),
      ...batchNormWeights(name, this.filters),
    ];
    const z = side * side * this.filters;
    const output = sizeOf(this.outputShape);
    this.memory = {
      largest: z,
      training: {
        mask: 0,
        kept: z,
        readsInput: true,
        keepsOutput: this.isPooled ? "always" : "never",
        // The output's gradient; of a pool the output, too, and z activated
        // once more, which its gradient is written over.
        backward: this.isPooled ? 2 * output + z : output,
      },
      inference: {
        kept: this.isPooled ? z + output : z,
        backward: Math.max(
          // The output's gradient; the one before the pool is written over
          // what went into it.
          (this.isPooled ? z + output : z) + output,
          // The gradients behind and before the convolution.
          z + sizeOf(inputShape),
        ),
      },
    };
  }

  forward(input: Activation, [first, ...norm]: Variables): LayerPass {
    const kernel = first as Kernel;
    const z = convolve(input.tensor as tf.Tensor4D, kernel); // [B, S, S, C]
    input.keep();
    input.release();
    const normalized = normalize(z, norm);
    const activated = normalized.activate();
    const output = this.isPooled
      ? this.#pool(activated)
      : new Activation(activated, { recompute: normalized.activate });
    return {
      output,
      statistics: normalized.statistics,
      backward: (gradient, receiver, needsInputGradient) => {
        let dBlock = gradient as tf.Tensor4D;
        if (this.isPooled) {
          dBlock = maxPool2GradientOver(
            gradient as tf.Tensor4D,
            normalized.activate(),
            output.tensor as tf.Tensor4D,
          );
          gradient.dispose();
          output.release();
        }
        const dz = normalized.backward(dBlock, receiver); // [B, S, S, C]
        const x = input.tensor as tf.Tensor4D;
        // The receiver may change the kernel: the input's gradient is first.
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
  #pool(activated: tf.Tensor4D): Activation {
    const output = new Activation(maxPool2(activated)); // [B, S/2, S/2, C]
    activated.dispose();
    output.keep();
    return output;
  }

  /**
   * BatchNorm is folded into the convolution:
   * `scale * (x * w) + shift = x * (scale w) + shift`.
   */
  freeze([first, ...norm]: Variables, startWeight: number): FrozenLayer {
    const { scale, shift } = inferenceScaleAndShift(norm, startWeight);
    const kernel = tf.mul(first, scale) as tf.Tensor4D;
    scale.dispose();
    return {
      forward: (input, keep) => {
        let block = convolve(input.tensor as tf.Tensor4D, kernel, shift, true);
        input.release();
        let unpooled: tf.Tensor4D | undefined;
        if (this.isPooled) {
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

  kerasLayers({ momentum }: LayerSettings): KerasLayer[] {
    const layers = [
      kerasLayer("Conv2D", this.name, {
        filters: this.filters,
        kernel_size: [3, 3],
        strides: [1, 1],
        padding: "same",
        data_format: "channels_last",
        dilation_rate: [1, 1],
        activation: "linear",
        use_bias: false,
        kernel_initializer: GLOROT,
      }),
      ...kerasBatchNormRelu(this.name, momentum),
    ];
    if (!this.isPooled) return layers;
    return [
      ...layers,
      kerasLayer("MaxPooling2D", `${this.name}_pool`, {
        pool_size: [2, 2],
        strides: [2, 2],
        padding: "valid",
        data_format: "channels_last",
      }),
    ];
  }

  /** The parts of the filter's gradient: they count in batches of thousands. */
  scratchBytes(batch: number): number {
    return 4 * sizeOf(this.weights[0].shape) * filterGradientGroups(batch);
  }
}
