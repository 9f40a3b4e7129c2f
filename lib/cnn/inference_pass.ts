/**
 * The network in inference mode: forward for predictions, and the gradient of
 * an output with respect to the image for explanations.
 *
 * Shapes: B images, S the side of the image, C channels, F flattened values,
 * H hidden units, K tissues.
 */

import * as tf from "@tensorflow/tfjs-core";
import {
  convolve,
  convolveInputGradient,
  matMul,
  maxPool2,
  maxPool2GradientOver,
  scaleShiftRelu,
  scaleShiftReluGradient,
} from "../backend/ops.ts";
import { inferenceScaleAndShift, type ScaleAndShift } from "./batch_norm.ts";
import type { Network } from "./network.ts";

/** A convolution and its settled BatchNorm as one convolution. */
interface FoldedConvolution {
  /** Scaled channel by channel, `[3, 3, inChannels, C]`. */
  readonly kernel: tf.Tensor4D;
  /** `[C]` */
  readonly bias: tf.Tensor1D;
}

/** A network whose BatchNorm statistics are settled. */
export interface FrozenNetwork {
  readonly network: Network;
  readonly convolutions: readonly FoldedConvolution[];
  /** The hidden layer's BatchNorm: its kernel is too large to be copied. */
  readonly hidden: ScaleAndShift;
}

/** What the gradient needs of an inference pass. */
export interface InferencePass {
  /** `[B, K]` */
  readonly logits: tf.Tensor2D;
  /** What each convolution's block gave, after ReLU and max pool. */
  readonly blocks: readonly tf.Tensor4D[];
  /** The same before the max pool; undefined where there is none. */
  readonly unpooled: readonly (tf.Tensor4D | undefined)[];
  /** The hidden layer before BatchNorm, `[B, H]`; absent if not kept. */
  readonly hidden?: tf.Tensor2D;
}

/**
 * Settles the BatchNorms. One after a convolution is folded into it:
 * `scale * (x * w) + shift = x * (scale w) + shift`.
 *
 * @param network The weights.
 * @param startWeight What the stored statistics still hold of their starting
 * values; it is taken out.
 */
export function freeze(network: Network, startWeight = 0): FrozenNetwork {
  return {
    network,
    convolutions: network.convolutions.map((layer) => {
      const { scale, shift } = inferenceScaleAndShift(layer, startWeight);
      const kernel = tf.mul(layer.kernel, scale) as tf.Tensor4D;
      scale.dispose();
      return { kernel, bias: shift };
    }),
    hidden: inferenceScaleAndShift(network.hidden, startWeight),
  };
}

/** Frees what `freeze` made; the network itself stays. */
export function disposeFrozen({ convolutions, hidden }: FrozenNetwork): void {
  for (const { kernel, bias } of convolutions) tf.dispose([kernel, bias]);
  tf.dispose([hidden.scale, hidden.shift]);
}

/**
 * Runs images forward in inference mode.
 *
 * @param frozen The network.
 * @param images `[B, S, S, 1]`; stays the caller's.
 * @param keep Whether to keep what `imageGradient` needs.
 * @returns The logits, `[B, K]`, and what was kept.
 */
export function forwardInInference(
  frozen: FrozenNetwork,
  images: tf.Tensor4D,
  keep = false,
): InferencePass {
  const { network } = frozen;
  const { architecture } = network;
  const blocks: tf.Tensor4D[] = [];
  const unpooled: (tf.Tensor4D | undefined)[] = [];
  let block = images; // [B, S, S, 1]
  const goOn = (next: tf.Tensor4D) => {
    if (!keep && block !== images) block.dispose();
    block = next;
  };
  frozen.convolutions.forEach(({ kernel, bias }, index) => {
    goOn(convolve(block, kernel, bias, true)); // [B, S, S, C]
    const { pooled } = architecture.convolutions[index];
    if (keep) unpooled.push(pooled ? block : undefined);
    if (pooled) goOn(maxPool2(block)); // [B, S/2, S/2, C]
    if (keep) blocks.push(block);
  });
  const flattened = tf.reshape(block, [-1, architecture.flattened]); // [B, F]
  if (!keep) block.dispose();
  const hidden = matMul( // [B, H]
    flattened as tf.Tensor2D,
    network.hidden.kernel as unknown as tf.Tensor2D,
  );
  flattened.dispose();
  const { scale, shift } = frozen.hidden;
  const activated = scaleShiftRelu(hidden, scale, shift);
  const logits = tf.tidy(() =>
    // [B, K]
    tf.add(matMul(activated, network.output.kernel), network.output.bias)
  ) as tf.Tensor2D;
  activated.dispose();
  if (keep) return { logits, blocks, unpooled, hidden };
  hidden.dispose();
  return { logits, blocks, unpooled };
}

/**
 * The gradient with respect to the images, `[B, S, S, 1]`. The pass is used
 * up, its logits included.
 *
 * A block's ReLU lets the gradient through where the block's output is above
 * 0; behind a max pool that is the same as before it, and a quarter of the
 * work.
 *
 * @param frozen The network that made the pass.
 * @param pass What `forwardInInference` kept.
 * @param logitsGradient d output / d logits, `[B, K]`; stays the caller's.
 * @throws {RangeError} If the pass kept nothing.
 */
export function imageGradient(
  frozen: FrozenNetwork,
  pass: InferencePass,
  logitsGradient: tf.Tensor2D,
): tf.Tensor4D {
  const { network, convolutions } = frozen;
  const { blocks, unpooled, hidden } = pass;
  if (hidden === undefined) {
    throw new RangeError(
      "Cannot compute the image gradient: the forward pass kept nothing, " +
        "and should have been told to keep",
    );
  }
  const dActivated = matMul( // [B, H]
    logitsGradient,
    network.output.kernel,
    false,
    true,
  );
  const { scale, shift } = frozen.hidden;
  const dHidden = scaleShiftReluGradient(dActivated, hidden, scale, shift);
  tf.dispose([pass.logits, dActivated, hidden]);
  const hiddenKernel = network.hidden.kernel as unknown as tf.Tensor2D;
  const dFlattened = matMul(dHidden, hiddenKernel, false, true); // [B, F]
  dHidden.dispose();
  const last = blocks[blocks.length - 1];
  let dBlock = tf.tidy(() =>
    // [B, S, S, C]
    tf.mul(tf.reshape(dFlattened, last.shape), tf.step(last))
  ) as tf.Tensor4D;
  dFlattened.dispose();
  for (let index = convolutions.length - 1; index >= 0; index--) {
    const before = unpooled[index];
    if (before !== undefined) {
      const dUnpooled = maxPool2GradientOver(dBlock, before, blocks[index]);
      dBlock.dispose();
      dBlock = dUnpooled;
    }
    blocks[index].dispose();
    const { kernel } = convolutions[index];
    const dInput = index === 0
      ? convolveInputGradient(dBlock, kernel)
      : convolveInputGradient(dBlock, kernel, blocks[index - 1]);
    dBlock.dispose();
    dBlock = dInput;
  }
  return dBlock;
}
