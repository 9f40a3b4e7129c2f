/** What a convolution and a dense layer share: a kernel, BatchNorm and ReLU. */

import * as tf from "@tensorflow/tfjs-core";
import {
  batchNormReluGradient,
  channelMoments,
  scaleShiftRelu,
  scaleShiftReluGradient,
} from "../../backend/ops.ts";
import { Activation } from "./activation.ts";
import {
  inferenceScaleAndShift,
  inverseDeviation,
  nameVariables,
  scaleAndShift,
} from "./batch_norm.ts";
import type {
  FrozenLayer,
  GradientReceiver,
  LayerPass,
  Variables,
} from "./layer.ts";

/**
 * How the input x and the kernel, both of type T, give z. There is no bias:
 * BatchNorm subtracts the mean and would cancel it.
 */
export interface Product<T extends tf.Tensor4D | tf.Tensor2D> {
  multiply(x: T, kernel: T): T;
  /** d loss / d x. */
  inputGradient(dz: T, kernel: T): T;
  /** Hands over d loss / d kernel. */
  applyKernelGradient(
    receiver: GradientReceiver,
    kernel: tf.Variable,
    x: T,
    dz: T,
  ): void;
}

/**
 * Runs a batch forward in training mode, normalized by its own statistics.
 * Only z is kept: what the ReLU gives is cheaper recomputed than kept.
 */
export function forwardBlock<T extends tf.Tensor4D | tf.Tensor2D>(
  { multiply, inputGradient, applyKernelGradient }: Product<T>,
  input: Activation,
  [variable, ...norm]: Variables,
): LayerPass {
  const kernel = variable as tf.Tensor as T;
  const { gamma, beta, ...moving } = nameVariables(norm);
  const z = multiply(input.tensor as T, kernel);
  input.keep();
  input.release();
  const { mean, variance } = channelMoments(z);
  const inverseSd = inverseDeviation(variance);
  const recompute = () => {
    const { scale, shift } = scaleAndShift({ gamma, beta }, mean, inverseSd);
    const activated = scaleShiftRelu(z, scale, shift);
    tf.dispose([scale, shift]);
    return activated;
  };
  const dispose = () => tf.dispose([z, mean, variance, inverseSd]);
  return {
    output: new Activation(recompute(), { recompute }),
    statistics: { mean, variance, ...moving },
    backward(gradient, receiver, needsInputGradient) {
      const { dz, dgamma, dbeta } = batchNormReluGradient(
        gradient as T,
        z,
        mean,
        inverseSd,
        gamma,
        beta,
      );
      dispose();
      receiver.apply(gamma, dgamma);
      receiver.apply(beta, dbeta);
      const x = input.tensor as T;
      // The receiver may change the kernel: dx comes first.
      const dx = needsInputGradient ? inputGradient(dz, kernel) : undefined;
      applyKernelGradient(receiver, variable, x, dz);
      dz.dispose();
      input.release();
      return dx;
    },
    dispose,
  };
}

/** The block for predictions. BatchNorm is not folded into the kernel. */
export function freezeBlock<T extends tf.Tensor4D | tf.Tensor2D>(
  { multiply, inputGradient }: Product<T>,
  [variable, ...norm]: Variables,
  startWeight: number,
): FrozenLayer {
  const kernel = variable as tf.Tensor as T;
  const { scale, shift } = inferenceScaleAndShift(norm, startWeight);
  return {
    forward(input, keep) {
      const z = multiply(input.tensor as T, kernel);
      input.release();
      const output = new Activation(scaleShiftRelu(z, scale, shift));
      if (!keep) z.dispose();
      return {
        output,
        backward(gradient) {
          const dy = gradient as T;
          const dz = scaleShiftReluGradient(dy, z, scale, shift);
          tf.dispose([dy, z]);
          const dx = inputGradient(dz, kernel);
          dz.dispose();
          return dx;
        },
      };
    },
    dispose: () => tf.dispose([scale, shift]),
  };
}
