/**
 * A trained network some of whose layers have forgotten what they learnt: the
 * cascading randomization of Adebayo et al. (2018), "Sanity Checks for
 * Saliency Maps", from the output down to the image.
 */

import type { Architecture } from "../cnn/architecture.ts";
import { recomputeBatchNorm } from "../cnn/precise_batch_norm.ts";
import {
  buildNetwork,
  disposeNetwork,
  initialWeights,
  readWeights,
  type WeightValues,
} from "../cnn/network.ts";
import type { LabeledSamples } from "../cnn/training.ts";
import type { RandomStream } from "../random.ts";

/** How far down the layers are drawn anew, the least first. */
export const CASCADE = ["output_layer", "dense_layers", "all_layers"] as const;

/** One step of the cascade. */
export type CascadeStep = typeof CASCADE[number];

/**
 * Whether a step draws a tensor of weights anew.
 *
 * @param step The step.
 * @param name The tensor's name, such as `conv1_norm/gamma`.
 */
export function isDrawnAnew(step: CascadeStep, name: string): boolean {
  const layer = name.slice(0, name.indexOf("/")).replace(/_norm$/, "");
  if (layer === "output") return true;
  return step === "all_layers" ||
    step === "dense_layers" && layer === "hidden";
}

/** What the layers that are drawn anew are normalized by. */
export interface Settling {
  /** The training samples. */
  readonly samples: LabeledSamples;
  /** Samples in a batch. */
  readonly batch: number;
  /** Draws which samples share a batch. */
  readonly stream: RandomStream;
}

/**
 * Draws the upper layers of a network anew, as they were before training
 * (kernels by Glorot's rule, gamma 1, all else 0). Layers below keep every
 * byte.
 *
 * The BatchNorm statistics of layers that are drawn anew are settled on the
 * training samples: with those of the old weights their outputs would be far
 * from mean 0 and variance 1, so the network's probabilities would be all 0
 * or 1 and its gradients 0, whatever the weights.
 *
 * @param architecture The network's sizes.
 * @param trained All weights, in the order of `weightShapes`.
 * @param step How far down to go.
 * @param seed Seed of the new weights. Of one seed, a step's new weights are
 * the new weights of the next step, too.
 * @param settling What the BatchNorm statistics are settled on.
 * @returns All weights, in the same order.
 */
export async function reinitializeLayers(
  architecture: Architecture,
  trained: readonly WeightValues[],
  step: CascadeStep,
  seed: number,
  settling: Settling,
): Promise<WeightValues[]> {
  const network = buildNetwork(
    architecture,
    mixWeights(architecture, trained, step, seed),
  );
  const { samples, batch, stream } = settling;
  // The output layer has no BatchNorm, and nothing below it changes.
  if (step !== "output_layer") {
    await recomputeBatchNorm(network, samples, batch, stream);
  }
  const settled = await readWeights(network);
  disposeNetwork(network);
  return trained.map((kept, index) =>
    isDrawnAnew(step, kept.name) ? settled[index] : kept
  );
}

/** The trained weights, those above replaced by new ones. */
function* mixWeights(
  architecture: Architecture,
  trained: readonly WeightValues[],
  step: CascadeStep,
  seed: number,
): Generator<WeightValues> {
  let index = 0;
  for (const drawn of initialWeights(architecture, seed)) {
    const kept = trained[index++];
    yield isDrawnAnew(step, drawn.name) ? drawn : kept;
  }
}
