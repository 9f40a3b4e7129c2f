/** A small network and samples for tests, and the same network in tf.layers. */

import type { TrainingSettings } from "../../lib/cnn/training.ts";
import * as tf from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";
import { describeNetwork } from "../../lib/cnn/architecture.ts";
import { saveModel } from "../../lib/cnn/keras_model.ts";
import {
  buildNetwork,
  initialWeights,
  type Network,
  readWeights,
  type WeightValues,
} from "../../lib/cnn/network.ts";
import { RandomStream } from "../../lib/random.ts";

/** 7 x 7 pixels: an odd side, so that the pools leave a row over. */
export const architecture = describeNetwork(45, 3, 0.1);

/** Weights with nothing at its neutral value: gamma, beta and all are drawn. */
export function drawnWeights(seed: number): WeightValues[] {
  const stream = new RandomStream(seed);
  return [...initialWeights(architecture, seed)].map((weight) => ({
    ...weight,
    values: weight.values.map((value) =>
      weight.name.endsWith("/kernel")
        ? value
        : weight.name.endsWith("variance")
        ? 0.5 + stream.uniform()
        : value + stream.uniform() - 0.5
    ),
  }));
}

/** The small network on the current backend. */
export function smallNetwork(seed = 1): Network {
  return buildNetwork(architecture, drawnWeights(seed));
}

/** The small network as it is before training. */
export function untrainedNetwork(seed = 1): Network {
  return buildNetwork(architecture, initialWeights(architecture, seed));
}

/** `rows` samples with values about those of transformed expression. */
export function drawnSamples(rows: number, seed = 5) {
  const stream = new RandomStream(seed);
  const expression = Float32Array.from(
    { length: rows * architecture.genes },
    () => 4 * stream.uniform(),
  );
  const classes = Int32Array.from(
    { length: rows },
    (_, row) => row % architecture.tissues,
  );
  return { expression, classes };
}

/** Loads the network through model.json and weights.bin, as users would. */
export async function asLayersModel(
  network: Network,
): Promise<layers.LayersModel> {
  const folder = await Deno.makeTempDir();
  try {
    await saveModel(
      folder,
      network.architecture,
      await readWeights(network),
      { dropout: 0, momentum: 0.99 },
      { genes: 45, width: 0.1, tissues: ["a", "b", "c"] },
    );
    const json = JSON.parse(await Deno.readTextFile(`${folder}/model.json`));
    const { buffer } = await Deno.readFile(`${folder}/weights.bin`);
    return await layers.loadLayersModel(tf.io.fromMemory({
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest[0].weights,
      weightData: buffer,
    }));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Largest |a - b| relative to the largest |b|. */
export function relativeDifference(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): number {
  let difference = 0;
  let scale = 1e-12;
  for (let i = 0; i < b.length; i++) {
    difference = Math.max(difference, Math.abs(a[i] - b[i]));
    scale = Math.max(scale, Math.abs(b[i]));
  }
  return difference / scale;
}

/** Settings of a training, but for its epochs. */
export const quickSettings = {
  batch: 8,
  dropout: 0.2,
  rmsprop: { learningRate: 1e-3, rho: 0.9, epsilon: 1e-7, decay: 0.01 },
  momentum: 0.99,
  shuffleSeed: 11,
  dropoutSeed: 12,
  unbiased: true,
  keepBest: false,
} satisfies Partial<TrainingSettings>;
