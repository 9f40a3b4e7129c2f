/** A small network and samples for tests, and the same network in tf.layers. */

import * as tf from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";
import { matMul } from "../../lib/backend/ops.ts";
import {
  type Architecture,
  describeNetwork,
  STUDY_SIZES,
} from "../../lib/cnn/architecture.ts";
import { saveModel } from "../../lib/cnn/keras_model.ts";
import {
  buildNetwork,
  initialWeights,
  namedWeights,
  type Network,
  readWeights,
  type WeightValues,
} from "../../lib/cnn/network.ts";
import type { Training } from "../../lib/cnn/training.ts";
import {
  backwardInTraining,
  type TrainingPass,
} from "../../lib/cnn/training_pass.ts";
import { RandomStream } from "../../lib/random.ts";
import { quickTraining } from "./run_folder.ts";

/** 7 x 7 pixels: an odd side, so that the pools leave a row over. */
export const architecture = describeNetwork({
  ...STUDY_SIZES,
  genes: 45,
  tissues: 3,
  width: 0.1,
});

/** The same image for the layers that a run has by default. */
export const oneBlock = describeNetwork({
  ...architecture,
  blocks: 1,
  hidden: 16,
});

/** Weights with nothing at its neutral value: gamma, beta and all are drawn. */
export function drawnWeights(
  seed: number,
  of: Architecture = architecture,
): WeightValues[] {
  const stream = new RandomStream(seed);
  return [...initialWeights(of, seed)].map((weight) => ({
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
export function smallNetwork(seed = 1, of = architecture): Network {
  return buildNetwork(of, drawnWeights(seed, of));
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
      ["a", "b", "c"],
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

/** How to train the small network. */
export const quickSettings: Pick<Training, "parameters" | "seedOf"> = {
  parameters: quickTraining,
  seedOf: (stream) => ({ weights: 1, shuffle: 11, dropout: 12 })[stream],
};

/** Runs a pass backward, and gives each gradient by the name of its weight. */
export function collectGradients(
  network: Network,
  pass: TrainingPass,
  logitsGradient: tf.Tensor2D,
): Map<string, tf.Tensor> {
  const names = new Map(
    namedWeights(network).map(({ name, variable }) => [variable.id, name]),
  );
  const gradients = new Map<string, tf.Tensor>();
  const apply = ({ id }: tf.Variable, gradient: tf.Tensor) => {
    gradients.set(names.get(id)!, gradient);
  };
  backwardInTraining(pass, logitsGradient, {
    apply,
    applyProduct: (variable, a, b) => apply(variable, matMul(a, b, true)),
  });
  return gradients;
}
