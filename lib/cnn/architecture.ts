/** The network as a list of layers, and what follows from its sizes. */

import { imageSide } from "../prepare/image.ts";
import { convBlock } from "./layers/conv_block.ts";
import { denseBlock } from "./layers/dense_block.ts";
import { dropout } from "./layers/dropout.ts";
import { flatten } from "./layers/flatten.ts";
import type { Layer, LayerPlan, Shape } from "./layers/layer.ts";
import { output } from "./layers/output.ts";
import { sizeOf } from "./layers/weights.ts";

/** The study's network. The width scales the filters, not the hidden units. */
export function layers(width: number): LayerPlan[] {
  return [
    convBlock({ name: "conv1", filters: 32 * width }),
    convBlock({ name: "conv2", filters: 64 * width, pool: true }),
    convBlock({ name: "conv3", filters: 128 * width }),
    convBlock({ name: "conv4", filters: 256 * width, pool: true }),
    flatten(),
    dropout("flatten_dropout"),
    denseBlock({ name: "hidden", units: 512 }),
    dropout("hidden_dropout"),
    output(),
  ];
}

/** What tells networks of different sizes apart; plain data. */
export interface NetworkSize {
  readonly genes: number;
  readonly tissues: number;
  readonly width: number;
}

/** Every layer of a network with its sizes. */
export interface Architecture extends NetworkSize {
  /** Side of the image: ceil(sqrt(genes)). */
  readonly side: number;
  /** From the image to the logits. */
  readonly layers: readonly Layer[];
}

/** The study's network for at least one gene and two tissues. */
export function describeNetwork(
  genes: number,
  tissues: number,
  width: number,
): Architecture {
  return connectLayers({ genes, tissues, width }, layers(width));
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
