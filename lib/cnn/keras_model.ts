/**
 * The network as a TensorFlow.js LayersModel on disk: `model.json` and
 * `weights.bin`, which `tf.loadLayersModel` takes anywhere.
 */

import { InputError } from "../cli/errors.ts";
import { explainUnreadable } from "../cli/text_file.ts";
import {
  type Architecture,
  BATCH_NORM_EPSILON,
  describeNetwork,
} from "./architecture.ts";
import { type ModelNotes, readModelNotes } from "./model_metadata.ts";
import { weightShapes, type WeightValues } from "./network.ts";

export type { ModelNotes };

/** Settings of the layers that the weights do not show. */
export interface LayerSettings {
  /** Dropout's rate. */
  readonly dropout: number;
  /** BatchNorm's momentum. */
  readonly momentum: number;
}

/** A Keras layer: its class and its configuration. */
interface LayerConfig {
  class_name: string;
  config: Record<string, unknown>;
}

const GLOROT = {
  class_name: "VarianceScaling",
  config: { scale: 1, mode: "fan_avg", distribution: "uniform", seed: null },
};

function batchNorm(name: string, momentum: number): LayerConfig {
  return {
    class_name: "BatchNormalization",
    config: {
      name: `${name}_norm`,
      trainable: true,
      axis: -1,
      momentum,
      epsilon: BATCH_NORM_EPSILON,
      center: true,
      scale: true,
    },
  };
}

function activation(name: string, kind: string): LayerConfig {
  return {
    class_name: "Activation",
    config: { name: `${name}_${kind}`, trainable: true, activation: kind },
  };
}

function dense(
  name: string,
  units: number,
  activation: string,
  useBias: boolean,
): LayerConfig {
  return {
    class_name: "Dense",
    config: {
      name,
      trainable: true,
      units,
      activation,
      use_bias: useBias,
      kernel_initializer: GLOROT,
    },
  };
}

function dropoutLayer(name: string, rate: number): LayerConfig {
  return { class_name: "Dropout", config: { name, trainable: true, rate } };
}

/**
 * The model's topology in the form that Keras and TensorFlow.js share.
 *
 * @param architecture The network's sizes.
 * @param settings What the weights do not show.
 */
export function modelTopology(
  architecture: Architecture,
  settings: LayerSettings,
): Record<string, unknown> {
  const { side, convolutions, hiddenUnits, tissues } = architecture;
  const layers: LayerConfig[] = [];
  convolutions.forEach(({ name, filters, pooled }, index) => {
    layers.push({
      class_name: "Conv2D",
      config: {
        name,
        trainable: true,
        ...(index === 0
          ? { batch_input_shape: [null, side, side, 1], dtype: "float32" }
          : {}),
        filters,
        kernel_size: [3, 3],
        strides: [1, 1],
        padding: "same",
        data_format: "channels_last",
        dilation_rate: [1, 1],
        activation: "linear",
        use_bias: false,
        kernel_initializer: GLOROT,
      },
    });
    layers.push(batchNorm(name, settings.momentum), activation(name, "relu"));
    if (pooled) {
      layers.push({
        class_name: "MaxPooling2D",
        config: {
          name: `${name}_pool`,
          trainable: true,
          pool_size: [2, 2],
          strides: [2, 2],
          padding: "valid",
          data_format: "channels_last",
        },
      });
    }
  });
  layers.push(
    { class_name: "Flatten", config: { name: "flatten", trainable: true } },
    dropoutLayer("flatten_dropout", settings.dropout),
    dense("hidden", hiddenUnits, "linear", false),
    batchNorm("hidden", settings.momentum),
    activation("hidden", "relu"),
    dropoutLayer("hidden_dropout", settings.dropout),
    dense("output", tissues, "softmax", true),
  );
  return {
    class_name: "Sequential",
    config: { name: "tissue_cnn", layers },
    keras_version: "tfjs-layers 4.22.0",
    backend: "tensor_flow.js",
  };
}

/**
 * Writes a model's two files into a folder.
 *
 * @param folder Where to write.
 * @param architecture The network's sizes.
 * @param weights All weights, in the order of `weightShapes`.
 * @param settings What the weights do not show.
 * @param notes What the project needs to load the model again.
 * @param names The two files' names; `model.json` and `weights.bin` by default.
 */
export async function saveModel(
  folder: string,
  architecture: Architecture,
  weights: readonly WeightValues[],
  settings: LayerSettings,
  notes: ModelNotes,
  names = { model: "model.json", weights: "weights.bin" },
): Promise<void> {
  const file = await Deno.open(`${folder}/${names.weights}`, {
    write: true,
    create: true,
    truncate: true,
  });
  try {
    const writer = file.writable.getWriter();
    for (const { values } of weights) {
      await writer.write(
        new Uint8Array(
          values.buffer as ArrayBuffer,
          values.byteOffset,
          values.byteLength,
        ),
      );
    }
    await writer.close();
  } catch (error) {
    try {
      file.close();
    } catch { /* the stream has closed it */ }
    throw error;
  }
  const model = {
    format: "layers-model",
    generatedBy: "TensorFlow.js tfjs-layers v4.22.0",
    convertedBy: null,
    userDefinedMetadata: notes,
    modelTopology: modelTopology(architecture, settings),
    weightsManifest: [{
      paths: [names.weights],
      weights: weights.map(({ name, shape }) => ({
        name,
        shape,
        dtype: "float32",
      })),
    }],
  };
  await Deno.writeTextFile(
    `${folder}/${names.model}`,
    JSON.stringify(model, null, 1) + "\n",
  );
}

/** A model as it was read: sizes, weights, and what its outputs mean. */
export interface SavedModel {
  readonly architecture: Architecture;
  readonly weights: WeightValues[];
  readonly notes: ModelNotes;
}

/**
 * Reads what `saveModel` wrote.
 *
 * @param modelPath Path of `model.json`.
 * @param weightsPath Path of `weights.bin`.
 * @throws {InputError} If one cannot be read, `model.json` is no model of the
 * project's, or the two do not fit together.
 */
export async function readModel(
  modelPath: string,
  weightsPath: string,
): Promise<SavedModel> {
  const notes = await readModelNotes(modelPath);
  const architecture = describeNetwork(
    notes.genes,
    notes.tissues.length,
    notes.width,
  );
  const buffer = await readOnce(weightsPath);
  const refuseSize = (amount: "few" | "many"): never => {
    throw new InputError(
      `Cannot load the model: ${weightsPath} has ${buffer.byteLength} ` +
        `bytes, too ${amount} for the network that ${modelPath} describes`,
    );
  };
  let offset = 0;
  const weights = weightShapes(architecture).map(({ name, shape }) => {
    const size = shape.reduce((a, b) => a * b, 1);
    if (offset + 4 * size > buffer.byteLength) refuseSize("few");
    const values = new Float32Array(buffer, offset, size);
    offset += 4 * size;
    return { name, shape, values };
  });
  if (offset < buffer.byteLength) refuseSize("many");
  return { architecture, weights, notes };
}

/** A file's bytes. `Deno.readFile` would hold a large one twice on the way. */
async function readOnce(path: string): Promise<ArrayBuffer> {
  try {
    using file = await Deno.open(path);
    const bytes = new Uint8Array((await file.stat()).size);
    let at = 0;
    while (at < bytes.length) {
      const read = await file.read(bytes.subarray(at));
      if (read === null) return bytes.buffer.slice(0, at);
      at += read;
    }
    return bytes.buffer;
  } catch (error) {
    throw new InputError(
      `Cannot load the model: ${path}: ${explainUnreadable(error)}`,
    );
  }
}
