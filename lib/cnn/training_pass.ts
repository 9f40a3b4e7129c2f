/**
 * The network in training mode, forward and backward, written out by hand.
 *
 * What a layer's gradient needs is kept until that layer's turn comes and no
 * longer. Each gradient is handed over and freed before the next one is made,
 * so the largest one never stands beside another.
 */

import * as tf from "@tensorflow/tfjs-core";
import type { DropoutMask } from "../backend/ops.ts";
import type { RandomStream } from "../random.ts";
import type { Architecture } from "./architecture.ts";
import { Activation, share } from "./layers/activation.ts";
import type { BatchStatistics } from "./layers/batch_norm.ts";
import type {
  GradientReceiver,
  LayerPass,
  LayerSettings,
} from "./layers/layer.ts";
import type { Network } from "./network.ts";

/** What each layer has drawn for a batch, in their order. */
export type Masks = readonly (DropoutMask | undefined)[];

/** What the backward pass needs of the forward pass. */
export interface TrainingPass {
  /** `[B, tissues]` */
  readonly logits: tf.Tensor2D;
  /** Of each layer with a BatchNorm, from the image to the output. */
  readonly statistics: readonly BatchStatistics[];
  /** What went into the first layer. */
  readonly input: Activation;
  readonly passes: readonly LayerPass[];
}

/** Draws what is random in one batch, layer by layer; the caller frees it. */
export function drawMasks(
  { layers }: Architecture,
  batch: number,
  settings: Pick<LayerSettings, "dropout">,
  stream: RandomStream,
): Masks {
  return layers.map((layer) => layer.drawMask?.(batch, settings, stream));
}

/**
 * Runs a batch forward with the batch's own BatchNorm statistics.
 *
 * @param images `[B, side, side, 1]`; stays the caller's.
 * @param masks What the layers have drawn; left out, nothing is dropped. They
 * stay the caller's and must live until the backward pass is over.
 */
export function forwardInTraining(
  network: Network,
  images: tf.Tensor4D,
  masks: Masks = [],
): TrainingPass {
  const { architecture: { layers }, variables } = network;
  const input = new Activation(tf.clone(images));
  let value = input;
  const passes = layers.map((layer, index) => {
    const pass = layer.forward(value, variables[index], masks[index]);
    value = pass.output;
    return pass;
  });
  return {
    logits: value.tensor as tf.Tensor2D,
    statistics: passes.flatMap(({ statistics }) => statistics ?? []),
    input,
    passes,
  };
}

/**
 * Runs the batch backward, from the loss's gradient to the first layer, and
 * frees the pass on the way.
 *
 * @param pass What `forwardInTraining` gave; it is used up.
 * @param logitsGradient d loss / d logits, `[B, tissues]`; stays the caller's.
 */
export function backwardInTraining(
  { passes }: TrainingPass,
  logitsGradient: tf.Tensor2D,
  receiver: GradientReceiver,
): void {
  const last = passes.length - 1;
  let gradient: tf.Tensor | undefined = share(logitsGradient);
  for (let index = last; index >= 0; index--) {
    gradient = passes[index].backward(gradient!, receiver, index > 0);
    if (index === last) passes[index].output.release();
  }
  gradient?.dispose();
}

/** Frees a pass that is not run backward. */
export function disposePass({ input, passes }: TrainingPass): void {
  input.dispose();
  for (const pass of passes) {
    pass.output.dispose();
    pass.dispose?.();
  }
}
