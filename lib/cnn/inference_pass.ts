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
  maxPool2Gradient,
  scaleShiftRelu,
  scaleShiftReluGradient,
} from "../backend/ops.ts";
import { inferenceScaleAndShift, type ScaleAndShift } from "./batch_norm.ts";
import { type Network, normalizedLayers } from "./network.ts";

/** A network whose BatchNorm statistics are settled. */
export interface FrozenNetwork {
  readonly network: Network;
  /** One for each layer with a BatchNorm, from the image on. */
  readonly norms: readonly ScaleAndShift[];
}

/** What the gradient needs of an inference pass. */
export interface InferencePass {
  /** `[B, K]` */
  readonly logits: tf.Tensor2D;
  /** Each layer's output before BatchNorm. */
  readonly z: readonly (tf.Tensor4D | tf.Tensor2D)[];
  /** For a pooled block its input and output, else undefined. */
  readonly pools: readonly (
    | { readonly input: tf.Tensor4D; readonly output: tf.Tensor4D }
    | undefined
  )[];
}

/**
 * Settles the BatchNorms: each becomes one multiplication and addition.
 *
 * @param network The weights.
 * @param startWeight What the stored statistics still hold of their starting
 * values; it is taken out.
 */
export function freeze(network: Network, startWeight = 0): FrozenNetwork {
  return {
    network,
    norms: normalizedLayers(network).map((layer) =>
      inferenceScaleAndShift(layer, startWeight)
    ),
  };
}

/** Frees what `freeze` made; the network itself stays. */
export function disposeFrozen(frozen: FrozenNetwork): void {
  for (const { scale, shift } of frozen.norms) tf.dispose([scale, shift]);
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
  const { network, norms } = frozen;
  const { architecture } = network;
  const z: (tf.Tensor4D | tf.Tensor2D)[] = [];
  const pools: InferencePass["pools"][number][] = [];
  const activate = <T extends tf.Tensor4D | tf.Tensor2D>(
    before: T,
    norm: ScaleAndShift,
  ): T => {
    const activated = scaleShiftRelu(before, norm.scale, norm.shift);
    if (keep) z.push(before);
    else before.dispose();
    return activated;
  };

  let block = tf.clone(images); // [B, S, S, 1]
  network.convolutions.forEach((layer, index) => {
    const before = convolve(block, layer.kernel as unknown as tf.Tensor4D);
    block.dispose();
    block = activate(before, norms[index]); // [B, S, S, C]
    if (architecture.convolutions[index].pooled) {
      const input = block;
      const output = maxPool2(input); // [B, S/2, S/2, C]
      if (keep) pools.push({ input, output: tf.clone(output) });
      else input.dispose();
      block = output;
    } else {
      pools.push(undefined);
    }
  });
  const flattened = tf.reshape(block, [-1, architecture.flattened]); // [B, F]
  block.dispose();
  const before = matMul(
    flattened as tf.Tensor2D,
    network.hidden.kernel as unknown as tf.Tensor2D,
  );
  flattened.dispose();
  const hidden = activate(before, norms[norms.length - 1]); // [B, H]
  const logits = tf.tidy(() =>
    // [B, K]
    tf.add(matMul(hidden, network.output.kernel), network.output.bias)
  ) as tf.Tensor2D;
  hidden.dispose();
  return { logits, z, pools };
}

/**
 * The gradient with respect to the images, `[B, S, S, 1]`. The pass is used
 * up, its logits included.
 *
 * @param frozen The network that made the pass.
 * @param pass What `forwardInInference` kept.
 * @param logitsGradient d output / d logits, `[B, K]`; stays the caller's.
 */
export function imageGradient(
  frozen: FrozenNetwork,
  pass: InferencePass,
  logitsGradient: tf.Tensor2D,
): tf.Tensor4D {
  const { network, norms } = frozen;
  const { convolutions } = network.architecture;
  const denormalize = <T extends tf.Tensor4D | tf.Tensor2D>(
    dy: T,
    index: number,
  ): T => {
    const { scale, shift } = norms[index];
    const before = pass.z[index] as T;
    const dz = scaleShiftReluGradient(dy, before, scale, shift);
    tf.dispose([dy, before]);
    return dz;
  };

  const dHidden = matMul(logitsGradient, network.output.kernel, false, true); // [B, H]
  pass.logits.dispose();
  const dHiddenZ = denormalize(dHidden, convolutions.length);
  const hiddenKernel = network.hidden.kernel as unknown as tf.Tensor2D;
  const dFlattened = matMul(dHiddenZ, hiddenKernel, false, true); // [B, F]
  dHiddenZ.dispose();
  const last = convolutions[convolutions.length - 1];
  const lastSide = last.pooled ? Math.floor(last.side / 2) : last.side;
  let dBlock = tf.reshape(dFlattened, [ // [B, S, S, C]
    -1,
    lastSide,
    lastSide,
    last.filters,
  ]) as tf.Tensor4D;
  dFlattened.dispose();
  for (let index = convolutions.length - 1; index >= 0; index--) {
    const pool = pass.pools[index];
    if (pool) {
      const dUnpooled = maxPool2Gradient(dBlock, pool.input, pool.output);
      tf.dispose([dBlock, pool.input, pool.output]);
      dBlock = dUnpooled;
    }
    const dz = denormalize(dBlock, index);
    const { kernel } = network.convolutions[index];
    dBlock = convolveInputGradient(dz, kernel as unknown as tf.Tensor4D);
    dz.dispose();
  }
  return dBlock;
}
