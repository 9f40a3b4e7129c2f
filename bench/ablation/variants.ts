/** What is compared: networks that differ in what they see of neighbors. */

import {
  type Architecture,
  connectLayers,
  countWeights,
  layers,
  type NetworkSize,
} from "../../lib/cnn/architecture.ts";
import { denseBlock } from "../../lib/cnn/layers/dense_block.ts";
import { dropout } from "../../lib/cnn/layers/dropout.ts";
import { flatten } from "../../lib/cnn/layers/flatten.ts";
import type { LayerPlan } from "../../lib/cnn/layers/layer.ts";
import { output } from "../../lib/cnn/layers/output.ts";
import { convBlock } from "../../lib/cnn/layers/conv_block.ts";
import { pointwiseBlock } from "./pointwise_block.ts";

/** A way to classify the samples and rank the genes. */
export interface Variant {
  readonly id: string;
  /** As the page names it. */
  readonly title: string;
  /** Where the genes are; no network has an image in `none` and `ridge`. */
  readonly pixels: "file" | "shuffled" | "coexpression";
  readonly network: "cnn" | "pooled" | "pointwise" | "dense" | "ridge";
  /** Whether genes are scaled to mean 0 and deviation 1. */
  readonly standardized?: boolean;
  /** The variant whose learning rate it takes; default its own. */
  readonly rateOf?: string;
}

/** The network that all others are compared with. */
export const REFERENCE = "file";

/** All variants, in the order of the page. */
export function variants(orders: number): Variant[] {
  return [
    {
      id: REFERENCE,
      title: "CNN, 3 x 3, genes in the file's order",
      pixels: "file",
      network: "cnn",
    },
    ...Array.from({ length: orders }, (_, index): Variant => ({
      id: `shuffled-${index + 1}`,
      title: "CNN, 3 x 3, genes shuffled",
      pixels: "shuffled",
      network: "cnn",
      rateOf: REFERENCE,
    })),
    {
      id: "coexpression",
      title: "CNN, 3 x 3, genes by co-expression",
      pixels: "coexpression",
      network: "cnn",
      rateOf: REFERENCE,
    },
    {
      id: "pooled",
      title: "CNN, 3 x 3 and max pool, the file's order",
      pixels: "file",
      network: "pooled",
    },
    {
      id: "pooled-shuffled",
      title: "CNN, 3 x 3 and max pool, genes shuffled",
      pixels: "shuffled",
      network: "pooled",
      rateOf: "pooled",
    },
    {
      id: "pointwise",
      title: "CNN, 1 x 1, no pool",
      pixels: "file",
      network: "pointwise",
    },
    {
      id: "dense",
      title: "dense layers only (MLP)",
      pixels: "file",
      network: "dense",
    },
    {
      id: "dense-standardized",
      title: "dense layers only, standardized genes",
      pixels: "file",
      network: "dense",
      standardized: true,
    },
    {
      id: "ridge",
      title: "ridge regression",
      pixels: "file",
      network: "ridge",
    },
  ];
}

/** The layers of a variant's network. */
export function architectureOf(
  { network }: Pick<Variant, "network">,
  size: NetworkSize,
): Architecture {
  const filters = 32 * size.width;
  const head = (hidden: number): LayerPlan[] => [
    flatten(),
    dropout("flatten_dropout"),
    denseBlock({ name: "hidden", units: hidden }),
    dropout("hidden_dropout"),
    output(),
  ];
  switch (network) {
    case "cnn":
      return connectLayers(size, layers(size));
    case "pooled":
      return connectLayers(size, [
        convBlock({ name: "conv1", filters, pool: true }),
        ...head(size.hidden),
      ]);
    case "pointwise":
      return connectLayers(size, [
        pointwiseBlock({ name: "conv1", filters }),
        ...head(size.hidden),
      ]);
    case "dense": {
      // About as many weights as the network that it is compared with.
      const wanted = countWeights(connectLayers(size, layers(size)));
      const units = Math.max(1, Math.round(wanted / size.genes));
      return connectLayers(size, head(units));
    }
    case "ridge":
      throw new TypeError("ridge regression has no layers");
  }
}
