/**
 * A trained network some of whose layers have forgotten what they learned: the
 * cascading randomization of Adebayo et al. (2018), "Sanity Checks for
 * Saliency Maps", from the output down to the image.
 */

import type { Architecture } from "../cnn/architecture.ts";
import {
  buildNetwork,
  declaredWeights,
  disposeNetwork,
  initialWeights,
  readWeights,
  type WeightValues,
} from "../cnn/network.ts";
import { recomputeBatchNorm } from "../cnn/precise_batch_norm.ts";
import type { LabeledSamples } from "../cnn/training.ts";
import type { RandomStream } from "../random.ts";

/** How far down the layers are re-initialized, the least first. */
export const CASCADE = ["output_layer", "dense_layers", "all_layers"] as const;

export type CascadeStep = typeof CASCADE[number];

/** The index of the first layer that a step re-initializes. */
const FIRST_LAYER: Record<CascadeStep, (architecture: Architecture) => number> =
  {
    output_layer: ({ layers }) => layers.length - 1,
    // Those that take rows of values and no images.
    dense_layers: ({ layers }) =>
      layers.findIndex(({ inputShape }) => inputShape.length === 1),
    all_layers: () => 0,
  };

/**
 * Whether a step re-initializes each tensor of weights, in the order of
 * `weights.bin`: those of a layer and of all layers after it.
 */
export function reinitializedWeights(
  architecture: Architecture,
  step: CascadeStep,
): boolean[] {
  const first = FIRST_LAYER[step](architecture);
  return architecture.layers.flatMap(({ weights }, index) =>
    weights.map(() => index >= first)
  );
}

/**
 * Re-initializes the upper layers of a network, as they were before training
 * (kernels by Glorot's rule, gamma 1, all else 0). Layers below keep every
 * byte.
 *
 * The BatchNorm statistics of re-initialized layers are recomputed on the
 * training samples: with those of the old weights their outputs would be far
 * from mean 0 and variance 1, so the network's probabilities would be all 0
 * or 1 and its gradients 0, whatever the weights.
 *
 * @param trained All weights, in the order of `weights.bin`, as those returned.
 * @param seed Seed of the new weights. With one seed, a step's new weights are
 * also those of the next step.
 * @param batchNorm The training samples, and what decides which of them share
 * a batch, for the BatchNorm statistics.
 */
export async function reinitializeLayers(
  architecture: Architecture,
  trained: readonly WeightValues[],
  step: CascadeStep,
  seed: number,
  { samples, batch, stream }: {
    readonly samples: LabeledSamples;
    readonly batch: number;
    readonly stream: RandomStream;
  },
): Promise<WeightValues[]> {
  const isNew = reinitializedWeights(architecture, step);
  const network = buildNetwork(
    architecture,
    initialWeights(architecture, seed)
      .map((initial, index) => isNew[index] ? initial : trained[index]),
  );
  // Statistics are the weights that are not trained. Without a new one nothing
  // that is normalized changes.
  const hasNewStatistics = declaredWeights(architecture)
    .some(({ isTrained }, index) => isNew[index] && !isTrained);
  if (hasNewStatistics) {
    await recomputeBatchNorm(network, samples, batch, stream);
  }
  const changed = await readWeights(network);
  disposeNetwork(network);
  return trained.map((kept, index) => isNew[index] ? changed[index] : kept);
}
