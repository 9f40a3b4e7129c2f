/** The network's shape: what follows from genes, tissues and width. */

import { imageSide } from "../prepare/image.ts";

/** Filters of the four convolutions at width 1. */
const FILTERS = [32, 64, 128, 256] as const;

/** Units of the hidden dense layer; the width does not scale them. */
const HIDDEN_UNITS = 512;

/** BatchNorm's addend under the root, as in Keras. */
export const BATCH_NORM_EPSILON = 1e-3;

/** One convolution with what follows it. */
export interface ConvolutionShape {
  readonly name: string;
  /** Side of the square that goes in; "same" padding keeps it. */
  readonly side: number;
  readonly inChannels: number;
  readonly filters: number;
  /** Whether a 2 x 2 max pool follows. */
  readonly pooled: boolean;
}

/** Every size in the network. */
export interface Architecture {
  readonly genes: number;
  readonly tissues: number;
  /** Side of the image: ceil(sqrt(genes)). */
  readonly side: number;
  readonly convolutions: readonly ConvolutionShape[];
  /** Values that go into the hidden dense layer. */
  readonly flattened: number;
  readonly hiddenUnits: number;
}

/**
 * The study's network for that many genes and tissues: four 3 x 3
 * convolutions with BatchNorm and ReLU, a max pool after the second and the
 * fourth, a hidden dense layer of 512 with BatchNorm and ReLU, and a softmax
 * over the tissues.
 *
 * The layers in front of a BatchNorm carry no bias: BatchNorm subtracts the
 * mean and would cancel it.
 *
 * @param genes Number of genes, at least 1.
 * @param tissues Number of tissues, at least 2.
 * @param width Scales the number of filters (each at least 1).
 */
export function describeNetwork(
  genes: number,
  tissues: number,
  width: number,
): Architecture {
  const side = imageSide(genes);
  const convolutions: ConvolutionShape[] = [];
  let inChannels = 1;
  let layerSide = side;
  FILTERS.forEach((filtersAtWidth1, index) => {
    const filters = Math.max(1, Math.round(filtersAtWidth1 * width));
    // A side of 1 cannot be halved: very small gene lists skip the pool.
    const pooled = index % 2 === 1 && layerSide >= 2;
    convolutions.push({
      name: `conv${index + 1}`,
      side: layerSide,
      inChannels,
      filters,
      pooled,
    });
    inChannels = filters;
    if (pooled) layerSide = Math.floor(layerSide / 2);
  });
  return {
    genes,
    tissues,
    side,
    convolutions,
    flattened: layerSide * layerSide * inChannels,
    hiddenUnits: HIDDEN_UNITS,
  };
}

/** Values that training changes (the running BatchNorm statistics apart). */
export function countWeights(architecture: Architecture): number {
  const { convolutions, flattened, hiddenUnits, tissues } = architecture;
  let count = flattened * hiddenUnits + 2 * hiddenUnits +
    hiddenUnits * tissues + tissues;
  for (const { inChannels, filters } of convolutions) {
    count += 9 * inChannels * filters + 2 * filters;
  }
  return count;
}

/** Bytes of the largest activation of one sample. */
export function largestActivationBytes(architecture: Architecture): number {
  return 4 *
    Math.max(
      ...architecture.convolutions.map(({ side, filters }) =>
        side * side * filters
      ),
    );
}

/** Bytes of the largest tensor of weights: the hidden layer's kernel. */
export function largestKernelBytes(architecture: Architecture): number {
  return 4 * architecture.flattened * architecture.hiddenUnits;
}
