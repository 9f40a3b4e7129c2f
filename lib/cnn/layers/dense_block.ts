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
import { kerasDense, type KerasLayer } from "./keras_layers.ts";
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
import { declare, glorotUniform, type WeightDeclaration } from "./weights.ts";

/** What can be chosen about a dense layer. */
export interface DenseBlockOptions {
  readonly name: string;
  readonly units: number;
}

/** A dense layer without bias, which BatchNorm would cancel. */
export function denseBlock(options: DenseBlockOptions): LayerPlan {
  return (input) => new DenseBlock(options, input);
}

type Kernel = tf.Variable<tf.Rank.R2>;

class DenseBlock implements Layer {
  readonly name: string;
  readonly outputShape: Shape;
  readonly weights: readonly WeightDeclaration[];
  readonly memory: LayerMemory;

  constructor({ name, units }: DenseBlockOptions, readonly inputShape: Shape) {
    const [inputs] = inputShape;
    this.name = name;
    this.outputShape = [units];
    this.weights = [
      declare(`${name}/kernel`, [inputs, units], glorotUniform),
      ...batchNormWeights(name, units),
    ];
    this.memory = {
      largest: units,
      training: {
        mask: 0,
        kept: units,
        readsInput: true,
        keepsOutput: "never",
        backward: units,
      },
      inference: {
        kept: units,
        // The gradient behind the ReLU, with that behind BatchNorm and what
        // went into it; then the gradients behind and before the product.
        backward: Math.max(3 * units, units + inputs),
      },
    };
  }

  forward(input: Activation, [first, ...norm]: Variables): LayerPass {
    const kernel = first as Kernel;
    const z = matMul(input.tensor as tf.Tensor2D, kernel); // [B, U]
    input.keep();
    input.release();
    const normalized = normalize(z, norm);
    return {
      output: new Activation(normalized.activate(), {
        recompute: normalized.activate,
      }),
      statistics: normalized.statistics,
      backward(gradient, receiver, needsInputGradient) {
        const dz = normalized.backward(gradient as tf.Tensor2D, receiver);
        const x = input.tensor as tf.Tensor2D;
        // The receiver may change the kernel: the input's gradient is first.
        const dx = needsInputGradient
          ? matMul(dz, kernel, false, true)
          : undefined;
        receiver.applyProduct(kernel, x, dz);
        dz.dispose();
        input.release();
        return dx;
      },
      dispose: normalized.dispose,
    };
  }

  /** BatchNorm is not folded into the kernel, which is too large to be copied. */
  freeze([first, ...norm]: Variables, startWeight: number): FrozenLayer {
    const kernel = first as Kernel;
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

  kerasLayers({ momentum }: LayerSettings): KerasLayer[] {
    const [units] = this.outputShape;
    return [
      kerasDense(this.name, units, "linear", false),
      ...kerasBatchNormRelu(this.name, momentum),
    ];
  }
}
