/**
 * The network in training mode, forward and backward, written out by hand.
 *
 * What a layer's gradient needs is kept until that layer's turn comes and no
 * longer; of a BatchNorm only its input is kept, and what its ReLU gave is
 * computed again on the way back. Each gradient is handed over and freed before the
 * next one is made, so the largest one never stands beside another.
 *
 * Shapes: B samples in the batch, S the side of the image, C channels,
 * F flattened values, H hidden units, K tissues.
 */

import * as tf from "@tensorflow/tfjs-core";
import {
  batchNormReluGradient,
  biasGradient,
  channelMoments,
  convolve,
  convolveFilterGradient,
  convolveInputGradient,
  matMul,
  maxPool2,
  maxPool2GradientOver,
  scaleShiftRelu,
} from "../backend/ops.ts";
import { inverseDeviation, scaleAndShift } from "./batch_norm.ts";
import type { Network, NormalizedLayer } from "./network.ts";

/** A layer's output before BatchNorm, and the batch's statistics of it. */
export interface NormalizedPass {
  readonly layer: NormalizedLayer;
  /** `[B, S, S, C]` or `[B, H]` */
  readonly z: tf.Tensor4D | tf.Tensor2D;
  /** `[C]`, over all but the last axis */
  readonly mean: tf.Tensor1D;
  /** `[C]`, population variance */
  readonly variance: tf.Tensor1D;
  /** `[C]` */
  readonly inverseSd: tf.Tensor1D;
}

/** Inverted dropout's masks: 0, or 1 / (1 - rate). Absent without dropout. */
export interface DropoutMasks {
  /** `[B, F]` */
  readonly flattened: tf.Tensor2D;
  /** `[B, H]` */
  readonly hidden: tf.Tensor2D;
}

/** What the backward pass needs of the forward pass. */
export interface TrainingPass {
  /** `[B, K]` */
  readonly logits: tf.Tensor2D;
  readonly normalized: readonly NormalizedPass[];
  /**
   * What went into each convolution, `[B, S, S, C]`; undefined where it is the
   * block before as it came out of its ReLU, which is cheaper made again.
   */
  readonly inputs: readonly (tf.Tensor4D | undefined)[];
  /** `[B, S, S, C]` of the last block. */
  readonly lastBlock: tf.Tensor4D;
  /** After dropout, `[B, F]`. */
  readonly flattened: tf.Tensor2D;
  /** After dropout, `[B, H]`. */
  readonly hidden: tf.Tensor2D;
  readonly masks?: DropoutMasks;
}

/**
 * Takes each gradient once. It may change that variable at once: nothing later
 * in the pass reads it.
 */
export interface GradientReceiver {
  /** Takes a gradient; it is freed as soon as the call returns. */
  apply(variable: tf.Variable, gradient: tf.Tensor): void;
  /**
   * Takes the gradient of the hidden layer's kernel, the largest of all, as
   * the two matrices it is the product of: transposed(a) b. They are freed as
   * soon as the call returns.
   */
  applyProduct(variable: tf.Variable, a: tf.Tensor2D, b: tf.Tensor2D): void;
}

function normalize(
  layer: NormalizedLayer,
  z: tf.Tensor4D | tf.Tensor2D,
): NormalizedPass {
  const { mean, variance } = channelMoments(z);
  const inverseSd = inverseDeviation(variance);
  return { layer, z, mean, variance, inverseSd };
}

/** relu(BatchNorm(z)) with the batch's own statistics. */
function activate<T extends tf.Tensor4D | tf.Tensor2D>(pass: NormalizedPass) {
  const { scale, shift } = scaleAndShift(
    pass.layer,
    pass.mean,
    pass.inverseSd,
  );
  const activated = scaleShiftRelu(pass.z, scale, shift) as T;
  tf.dispose([scale, shift]);
  return activated;
}

/**
 * Runs a batch forward with the batch's own BatchNorm statistics.
 *
 * @param network The weights.
 * @param images `[B, S, S, 1]`; stays the caller's.
 * @param masks Dropout's masks; left out, nothing is dropped. They stay the
 * caller's and must live until the backward pass is over.
 */
export function forwardInTraining(
  network: Network,
  images: tf.Tensor4D,
  masks?: DropoutMasks,
): TrainingPass {
  const { architecture } = network;
  const normalized: NormalizedPass[] = [];
  const inputs: (tf.Tensor4D | undefined)[] = [];
  let block = tf.clone(images); // [B, S, S, 1]
  network.convolutions.forEach((layer, index) => {
    const z = convolve(block, layer.kernel as unknown as tf.Tensor4D);
    const again = index > 0 && !architecture.convolutions[index - 1].pooled;
    inputs.push(again ? undefined : block);
    if (again) block.dispose();
    const pass = normalize(layer, z); // [B, S, S, C]
    normalized.push(pass);
    block = activate(pass);
    if (architecture.convolutions[index].pooled) {
      const unpooled = block;
      block = maxPool2(unpooled); // [B, S/2, S/2, C]
      unpooled.dispose();
    }
  });

  const drop = (values: tf.Tensor2D, mask?: tf.Tensor2D): tf.Tensor2D => {
    if (!mask) return values;
    const dropped = tf.mul(values, mask) as tf.Tensor2D;
    values.dispose();
    return dropped;
  };
  const flattened = drop( // [B, F]
    tf.reshape(block, [-1, architecture.flattened]),
    masks?.flattened,
  );
  const hiddenPass = normalize(
    network.hidden,
    matMul(flattened, network.hidden.kernel as unknown as tf.Tensor2D),
  );
  normalized.push(hiddenPass);
  const hidden = drop(activate<tf.Tensor2D>(hiddenPass), masks?.hidden); // [B, H]
  const logits = tf.tidy(() =>
    // [B, K]
    tf.add(matMul(hidden, network.output.kernel), network.output.bias)
  ) as tf.Tensor2D;
  return {
    logits,
    normalized,
    inputs,
    lastBlock: block,
    flattened,
    hidden,
    masks,
  };
}

/**
 * Runs the batch backward, from the loss's gradient to the first layer, and
 * frees the pass on the way.
 *
 * @param network The weights that the pass was made with.
 * @param pass What `forwardInTraining` gave; it is used up.
 * @param logitsGradient d loss / d logits, `[B, K]`; stays the caller's.
 * @param receiver Takes each gradient.
 */
export function backwardInTraining(
  network: Network,
  pass: TrainingPass,
  logitsGradient: tf.Tensor2D,
  receiver: GradientReceiver,
): void {
  const handOver = (variable: tf.Variable, gradient: tf.Tensor) => {
    receiver.apply(variable, gradient);
    gradient.dispose();
  };
  /** Goes back through ReLU and BatchNorm: dy to dz. */
  const denormalize = (dy: tf.Tensor4D | tf.Tensor2D, at: NormalizedPass) => {
    const { dz, dgamma, dbeta } = batchNormReluGradient(
      dy,
      at.z,
      at.mean,
      at.inverseSd,
      at.layer.gamma,
      at.layer.beta,
      true,
    );
    tf.dispose([at.z, at.mean, at.variance, at.inverseSd]);
    handOver(at.layer.gamma, dgamma);
    handOver(at.layer.beta, dbeta);
    return dz;
  };
  const undrop = (gradient: tf.Tensor2D, mask?: tf.Tensor2D): tf.Tensor2D => {
    if (!mask) return gradient;
    const kept = tf.mul(gradient, mask) as tf.Tensor2D;
    gradient.dispose();
    return kept;
  };

  // Dense layers. A kernel's input gradient comes first: the receiver may
  // change the kernel.
  const { output } = network;
  const dHidden = matMul(logitsGradient, output.kernel, false, true); // [B, H]
  handOver(output.kernel, matMul(pass.hidden, logitsGradient, true, false));
  handOver(output.bias, biasGradient(logitsGradient));
  tf.dispose([pass.hidden, pass.logits]);

  const hiddenPass = pass.normalized[pass.normalized.length - 1];
  const dHiddenZ = denormalize( // [B, H]
    undrop(dHidden, pass.masks?.hidden),
    hiddenPass,
  ) as tf.Tensor2D;
  const hiddenKernel = network.hidden.kernel as unknown as tf.Tensor2D;
  const dFlattened = matMul(dHiddenZ, hiddenKernel, false, true); // [B, F]
  receiver.applyProduct(network.hidden.kernel, pass.flattened, dHiddenZ);
  tf.dispose([dHiddenZ, pass.flattened]);

  // Convolutions, last to first.
  const undropped = undrop(dFlattened, pass.masks?.flattened);
  let dBlock = tf.reshape( // [B, S, S, C]
    undropped,
    pass.lastBlock.shape,
  ) as tf.Tensor4D;
  undropped.dispose();
  let blockOutput = pass.lastBlock;
  for (let index = network.convolutions.length - 1; index >= 0; index--) {
    const at = pass.normalized[index];
    if (network.architecture.convolutions[index].pooled) {
      const unpooled = activate<tf.Tensor4D>(at); // [B, S, S, C]
      const dUnpooled = maxPool2GradientOver(dBlock, unpooled, blockOutput);
      dBlock.dispose();
      dBlock = dUnpooled;
    }
    blockOutput.dispose();
    const dz = denormalize(dBlock, at) as tf.Tensor4D; // [B, S, S, C]
    blockOutput = pass.inputs[index] ??
      activate<tf.Tensor4D>(pass.normalized[index - 1]);
    const { kernel } = network.convolutions[index];
    if (index > 0) {
      dBlock = convolveInputGradient(dz, kernel as unknown as tf.Tensor4D);
    }
    handOver(kernel, convolveFilterGradient(blockOutput, dz));
    dz.dispose();
  }
  blockOutput.dispose();
}

/** Frees a pass that is not run backward. */
export function disposePass(pass: TrainingPass): void {
  tf.dispose([pass.logits, pass.lastBlock, pass.flattened, pass.hidden]);
  for (const input of pass.inputs) input?.dispose();
  for (const { z, mean, variance, inverseSd } of pass.normalized) {
    tf.dispose([z, mean, variance, inverseSd]);
  }
}
