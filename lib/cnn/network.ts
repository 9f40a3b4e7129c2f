/** The network's weights, on the current backend. */

import * as tf from "@tensorflow/tfjs-core";
import { readValues, writeValues } from "../backend/values.ts";
import { openStream } from "../random.ts";
import type { Architecture } from "./architecture.ts";
import type { Variables } from "./layers/layer.ts";
import type { WeightDeclaration } from "./layers/weights.ts";

/** All weights of the network. */
export interface Network {
  readonly architecture: Architecture;
  /** Each layer's, in the order of `architecture.layers`. */
  readonly variables: readonly Variables[];
}

/** One tensor of weights as plain numbers. */
export interface WeightValues {
  readonly name: string;
  readonly shape: number[];
  readonly values: Float32Array;
}

/** What each layer declares, in the order of `weights.bin`. */
export function declaredWeights({ layers }: Architecture): WeightDeclaration[] {
  return layers.flatMap(({ weights }) => weights);
}

/** Every tensor of weights and its name, in the order of `weights.bin`. */
export function namedWeights({ architecture, variables }: Network) {
  const all = variables.flat();
  return declaredWeights(architecture).map(({ name }, index) => ({
    name,
    variable: all[index],
  }));
}

/** The weights that gradients change. */
export function trainedVariables(
  { architecture, variables }: Network,
): tf.Variable[] {
  const declared = declaredWeights(architecture);
  return variables.flat().filter((_, index) => declared[index].isTrained);
}

/**
 * The weights before training: kernels by Glorot's rule, gamma and moving
 * variance 1, all else 0. Each tensor draws from a stream of its own.
 */
export function* initialWeights(
  architecture: Architecture,
  seed: number,
): Generator<WeightValues> {
  for (const { name, shape, initialize } of declaredWeights(architecture)) {
    const values = initialize(shape, openStream(seed, name));
    yield { name, shape: [...shape], values };
  }
}

/**
 * Puts weights on the current backend, one tensor at a time, so that the
 * largest kernel is never held twice.
 *
 * @param weights All weights, in the order of `weights.bin`.
 * @throws {RangeError} If a name or a shape is not the expected one.
 */
export function buildNetwork(
  architecture: Architecture,
  weights: Iterable<WeightValues>,
): Network {
  const source = weights[Symbol.iterator]();
  const build = ({ name, shape }: WeightDeclaration): tf.Variable => {
    const given: WeightValues | undefined = source.next().value;
    if (given?.name !== name || given.shape.join() !== shape.join()) {
      throw new RangeError(
        `Cannot build the network: the weights hold ${given?.name} [${
          given?.shape ?? ""
        }] where ${name} [${shape}] should be`,
      );
    }
    const start = tf.tensor(given.values, [...shape]);
    const variable = tf.variable(start);
    start.dispose();
    return variable;
  };
  return {
    architecture,
    variables: architecture.layers.map((layer) => layer.weights.map(build)),
  };
}

/** The bytes of weights, as the machine orders them, without a copy. */
export function bytesOf(
  { buffer, byteOffset, byteLength }: Float32Array,
): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}

/** Frees the network's memory. */
export function disposeNetwork(network: Network): void {
  for (const variable of network.variables.flat()) variable.dispose();
}

/**
 * Reads all weights back from the backend, in the order of `weights.bin`. On
 * wasm, beside the values that it gives, no memory is taken.
 *
 * @param into What an earlier call gave for such a network, to be written
 * over and given again; by default new memory is taken.
 */
export async function readWeights(
  network: Network,
  into?: readonly WeightValues[],
): Promise<WeightValues[]> {
  // All at once: a read-back from WebGPU waits for 10 ms and more.
  return await Promise.all(
    namedWeights(network).map(async ({ name, variable }, index) => {
      const values = into?.[index].values ?? new Float32Array(variable.size);
      await readValues(variable, values);
      return { name, shape: variable.shape, values };
    }),
  );
}

/** Overwrites all weights, in the order of `weights.bin`. */
export function writeWeights(
  network: Network,
  weights: readonly WeightValues[],
): void {
  network.variables.flat().forEach((variable, index) =>
    writeValues(variable, weights[index].values)
  );
}
