/** The network as a list of layers, and what follows from its sizes. */

import { imageSide } from "../prepare/image.ts";
import { convBlock } from "./layers/conv_block.ts";
import { denseBlock } from "./layers/dense_block.ts";
import { dropout } from "./layers/dropout.ts";
import { flatten } from "./layers/flatten.ts";
import type { Layer, LayerPlan, Shape } from "./layers/layer.ts";
import { output } from "./layers/output.ts";
import { sizeOf } from "./layers/weights.ts";
import type { CnnValues } from "./parameters.ts";

/** The flags of the cnn stage that size a network. */
export type LayerSizes = Pick<CnnValues, "blocks" | "width" | "hidden">;

/** The sizes in the maize study. */
export const STUDY_SIZES: LayerSizes = { blocks: 4, width: 1, hidden: 512 };

/**
 * The first convolution blocks of the study's four, and its dense layers.
 *
 * @param sizes `blocks` from 1 to 4; `width` scales the filters; `hidden` is
 * the number of units of the dense layer before the output.
 */
export function layers({ blocks, width, hidden }: LayerSizes): LayerPlan[] {
  return [
    ...[
      convBlock({ name: "conv1", filters: 32 * width }),
      convBlock({ name: "conv2", filters: 64 * width, pool: true }),
      convBlock({ name: "conv3", filters: 128 * width }),
      convBlock({ name: "conv4", filters: 256 * width, pool: true }),
    ].slice(0, blocks),
    flatten(),
    dropout("flatten_dropout"),
    denseBlock({ name: "hidden", units: hidden }),
    dropout("hidden_dropout"),
    output(),
  ];
}

/** What tells networks of different sizes apart; plain data. */
export interface NetworkSize extends LayerSizes {
  /** Columns of the image: genes and decoys; at least 1. */
  readonly genes: number;
  /** At least 2. */
  readonly tissues: number;
  /** Each column's pixel; left out, column c's is pixel c. */
  readonly pixelOf?: Uint32Array;
}

/** Every layer of a network with its sizes. */
export interface Architecture extends NetworkSize {
  /** Side of the image: ceil(sqrt(genes)). */
  readonly side: number;
  /** From the image to the logits. */
  readonly layers: readonly Layer[];
}

/** A network of the study's layers. */
export function describeNetwork(size: NetworkSize): Architecture {
  return connectLayers(sizeOfNetwork(size), layers(size));
}

/** The sizes alone, without the layers, which cannot be sent or saved. */
export function sizeOfNetwork(
  { genes, tissues, blocks, width, hidden, pixelOf }: NetworkSize,
): NetworkSize {
  const size = { genes, tissues, blocks, width, hidden };
  return pixelOf === undefined ? size : { ...size, pixelOf };
}

/** Gives each layer the shape of what comes out of the one before. */
export function connectLayers(
  size: NetworkSize,
  plans: readonly LayerPlan[],
): Architecture {
  const side = imageSide(size.genes);
  let shape: Shape = [side, side, 1];
  const layers = plans.map((plan) => {
    const layer = plan(shape, size.tissues);
    shape = layer.outputShape;
    return layer;
  });
  return { ...size, side, layers };
}

/** Values that training changes (the running BatchNorm statistics apart). */
export function countWeights({ layers }: Architecture): number {
  return layers.flatMap(({ weights }) => weights)
    .filter(({ isTrained }) => isTrained)
    .reduce((count, { shape }) => count + sizeOf(shape), 0);
}
