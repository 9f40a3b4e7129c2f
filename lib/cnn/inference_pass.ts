/**
 * The network in inference mode: forward for predictions, and the gradient of
 * an output with respect to the image for explanations.
 */

import type * as tf from "@tensorflow/tfjs-core";
import { Activation, share } from "./layers/activation.ts";
import type { FrozenLayer, LayerPass } from "./layers/layer.ts";
import type { Network } from "./network.ts";

/** A network whose BatchNorm statistics are fixed. */
export interface FrozenNetwork {
  readonly network: Network;
  /** Without those that do nothing in inference. */
  readonly layers: readonly FrozenLayer[];
}

/** An inference pass; with what the gradient needs, if that was asked for. */
export interface InferencePass {
  /** `[B, tissues]` */
  readonly logits: tf.Tensor2D;
  readonly passes: readonly LayerPass[];
}

/**
 * Fixes the BatchNorm statistics.
 *
 * @param startWeight What the stored statistics still hold of their starting
 * values; it is taken out.
 */
export function freeze(network: Network, startWeight = 0): FrozenNetwork {
  const { architecture: { layers }, variables } = network;
  return {
    network,
    layers: layers.flatMap((layer, index) =>
      layer.freeze(variables[index], startWeight) ?? []
    ),
  };
}

/** Frees what `freeze` made; the network itself stays. */
export function disposeFrozen({ layers }: FrozenNetwork): void {
  for (const layer of layers) layer.dispose?.();
}

/**
 * Runs images forward in inference mode.
 *
 * @param images `[B, side, side, 1]`; stays the caller's.
 * @param keep Whether to keep what `imageGradient` needs.
 */
export function forwardInInference(
  { layers }: FrozenNetwork,
  images: tf.Tensor4D,
  keep = false,
): InferencePass {
  let value = new Activation(share(images));
  const passes = layers.map((layer) => {
    const pass = layer.forward(value, keep);
    value = pass.output;
    return pass;
  });
  return { logits: value.tensor as tf.Tensor2D, passes };
}

/**
 * The gradient with respect to the images, `[B, side, side, 1]`. The pass is
 * used up, its logits included.
 *
 * @param pass What `forwardInInference` gave with `keep`.
 * @param logitsGradient d value / d logits, `[B, tissues]`; stays the caller's.
 */
export function imageGradient(
  { logits, passes }: InferencePass,
  logitsGradient: tf.Tensor2D,
): tf.Tensor4D {
  logits.dispose();
  // Frozen layers hand no weight's gradient over.
  const receiver = { apply() {}, applyProduct() {} };
  return passes.reduceRight<tf.Tensor>(
    (gradient, pass) => pass.backward(gradient, receiver, true)!,
    share(logitsGradient),
  ) as tf.Tensor4D;
}
