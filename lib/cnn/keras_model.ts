/**
 * The network as a TensorFlow.js LayersModel on disk: `model.json` and
 * `weights.bin`, which `tf.loadLayersModel` takes anywhere.
 */

import { InputError } from "../cli/errors.ts";
import { truncateText } from "../cli/text.ts";
import { explainUnreadable } from "../cli/text_file.ts";
import { imageSide } from "../prepare/image.ts";
import {
  type Architecture,
  describeNetwork,
  type LayerSizes,
} from "./architecture.ts";
import type { LayerSettings } from "./layers/layer.ts";
import { sizeOf } from "./layers/weights.ts";
import { weightBytes } from "./memory_estimate.ts";
import { bytesOf, declaredWeights, type WeightValues } from "./network.ts";

/** What the project itself needs to know to load the model again. */
interface ModelMetadata extends LayerSizes {
  /** Columns of the image: genes and decoys. */
  readonly genes: number;
  /** The tissue of each output, in order. */
  readonly tissues: readonly string[];
  /** Each column's pixel, row after row of the image; left out, column c's is c. */
  readonly pixels?: readonly number[];
}

/** The model's topology in the form that Keras and TensorFlow.js share. */
export function modelTopology(
  architecture: Architecture,
  settings: LayerSettings,
): Record<string, unknown> {
  const [first, ...others] = architecture.layers.flatMap((layer) =>
    layer.kerasLayers(settings)
  );
  const { name, trainable, ...config } = first.config;
  const input = {
    batch_input_shape: [null, ...architecture.layers[0].inputShape],
    dtype: "float32",
  };
  const layers = [
    { ...first, config: { name, trainable, ...input, ...config } },
    ...others,
  ];
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
 * @param weights All weights, in the order of `weights.bin`.
 * @param settings What the weights do not show.
 * @param tissues The tissue of each output.
 * @param names The two files' names; `model.json` and `weights.bin` by default.
 */
export async function saveModel(
  folder: string,
  architecture: Architecture,
  weights: readonly WeightValues[],
  settings: LayerSettings,
  tissues: readonly string[],
  names = { model: "model.json", weights: "weights.bin" },
): Promise<void> {
  await Deno.writeFile(
    `${folder}/${names.weights}`,
    ReadableStream.from(weights.map(({ values }) => bytesOf(values))),
  );
  const { genes, blocks, width, hidden, pixelOf } = architecture;
  const metadata: ModelMetadata = {
    ...{ genes, blocks, width, hidden, tissues },
    ...(pixelOf === undefined ? {} : { pixels: [...pixelOf] }),
  };
  const model = {
    format: "layers-model",
    generatedBy: "TensorFlow.js tfjs-layers v4.22.0",
    convertedBy: null,
    userDefinedMetadata: metadata,
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

/**
 * Reads the `model.json` and `weights.bin` that `saveModel` wrote.
 *
 * @throws {InputError} If one cannot be read, `model.json` is no model of the
 * project's, or the two do not fit together.
 */
export async function readModel(modelPath: string, weightsPath: string) {
  const metadata = await readMetadata(modelPath);
  const { pixels } = metadata;
  const architecture = describeNetwork({
    ...metadata,
    tissues: metadata.tissues.length,
    ...(pixels === undefined ? {} : { pixelOf: Uint32Array.from(pixels) }),
  });
  const buffer = await readOnce(weightsPath);
  const { byteLength } = buffer;
  const expected = weightBytes(architecture).reduce((sum, size) => sum + size);
  if (byteLength !== expected) {
    throw new InputError(
      `Cannot load the model: ${weightsPath} has ${byteLength} bytes, too ` +
        `${byteLength < expected ? "few" : "many"} for the network that ` +
        `${modelPath} describes`,
    );
  }
  let offset = 0;
  const weights = declaredWeights(architecture).map(({ name, shape }) => {
    const values = new Float32Array(buffer, offset, sizeOf(shape));
    offset += values.byteLength;
    return { name, shape: [...shape], values };
  });
  return { architecture, weights, metadata };
}

async function readMetadata(path: string): Promise<ModelMetadata> {
  const text = await Deno.readTextFile(path)
    .catch((error) => refuse(path, explainUnreadable(error)));
  let metadata: unknown;
  try {
    metadata = JSON.parse(text)?.userDefinedMetadata;
  } catch (error) {
    const reason = truncateText((error as Error).message, 200);
    refuse(path, `it is not JSON (${reason})`);
  }
  return isMetadata(metadata)
    ? metadata
    : refuse(path, "it does not say its genes, layers and tissues");
}

function isMetadata(value: unknown): value is ModelMetadata {
  if (typeof value !== "object" || value === null) return false;
  const { genes, blocks, width, hidden, tissues, pixels } = value as Record<
    string,
    unknown
  >;
  return Number.isSafeInteger(genes) && Number(genes) >= 1 &&
    Number.isSafeInteger(blocks) && Number(blocks) >= 1 &&
    Number(blocks) <= 4 &&
    Number.isFinite(width) && Number(width) > 0 &&
    Number.isSafeInteger(hidden) && Number(hidden) >= 1 &&
    Array.isArray(tissues) && tissues.length >= 1 &&
    tissues.every((tissue) => typeof tissue === "string") &&
    (pixels === undefined || arePixels(pixels, Number(genes)));
}

/** Whether each column has a pixel of its own in the image. */
function arePixels(pixels: unknown, genes: number): boolean {
  return Array.isArray(pixels) && pixels.length === genes &&
    new Set(pixels).size === genes &&
    pixels.every((pixel) =>
      Number.isSafeInteger(pixel) && pixel >= 0 &&
      pixel < imageSide(genes) ** 2
    );
}

/** A file's bytes. `Deno.readFile` would hold a large one twice on the way. */
async function readOnce(path: string): Promise<ArrayBuffer> {
  try {
    using file = await Deno.open(path);
    const bytes = new Uint8Array((await file.stat()).size);
    let offset = 0;
    while (offset < bytes.length) {
      const read = await file.read(bytes.subarray(offset));
      if (read === null) return bytes.buffer.slice(0, offset);
      offset += read;
    }
    return bytes.buffer;
  } catch (error) {
    return refuse(path, explainUnreadable(error));
  }
}

function refuse(path: string, what: string): never {
  throw new InputError(`Cannot load the model: ${path}: ${what}`);
}
