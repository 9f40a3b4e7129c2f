/** The network's weights, on the current backend. */

import * as tf from "@tensorflow/tfjs-core";
import { readValues } from "../backend/values.ts";
import { openStream, type RandomStream } from "../random.ts";
import type { Architecture } from "./architecture.ts";

/** A layer without bias that a BatchNorm and a ReLU follow. */
export interface NormalizedLayer {
  readonly name: string;
  /** `[3, 3, in, out]` of a convolution, `[in, out]` of a dense layer. */
  readonly kernel: tf.Variable;
  readonly gamma: tf.Variable<tf.Rank.R1>;
  readonly beta: tf.Variable<tf.Rank.R1>;
  readonly movingMean: tf.Variable<tf.Rank.R1>;
  readonly movingVariance: tf.Variable<tf.Rank.R1>;
}

/** All weights of the network. */
export interface Network {
  readonly architecture: Architecture;
  readonly convolutions: readonly NormalizedLayer[];
  readonly hidden: NormalizedLayer;
  readonly output: {
    /** `[hidden, tissues]` */
    readonly kernel: tf.Variable<tf.Rank.R2>;
    /** `[tissues]` */
    readonly bias: tf.Variable<tf.Rank.R1>;
  };
}

/** A tensor of weights under the name that it bears in `model.json`. */
export interface NamedWeights {
  readonly name: string;
  readonly variable: tf.Variable;
}

/** One tensor of weights as plain numbers. */
export interface WeightValues {
  readonly name: string;
  readonly shape: number[];
  readonly values: Float32Array;
}

/** The layers with a BatchNorm, from the image to the output. */
export function normalizedLayers(network: Network): NormalizedLayer[] {
  return [...network.convolutions, network.hidden];
}

/** Every tensor of weights in the order of `weights.bin`. */
export function namedWeights(network: Network): NamedWeights[] {
  const weights: NamedWeights[] = [];
  for (const layer of normalizedLayers(network)) {
    weights.push(
      { name: `${layer.name}/kernel`, variable: layer.kernel },
      { name: `${layer.name}_norm/gamma`, variable: layer.gamma },
      { name: `${layer.name}_norm/beta`, variable: layer.beta },
      { name: `${layer.name}_norm/moving_mean`, variable: layer.movingMean },
      {
        name: `${layer.name}_norm/moving_variance`,
        variable: layer.movingVariance,
      },
    );
  }
  weights.push(
    { name: "output/kernel", variable: network.output.kernel },
    { name: "output/bias", variable: network.output.bias },
  );
  return weights;
}

/** The weights that gradients change. */
export function trainedVariables(network: Network): tf.Variable[] {
  return [
    ...normalizedLayers(network).flatMap(({ kernel, gamma, beta }) => [
      kernel,
      gamma as tf.Variable,
      beta as tf.Variable,
    ]),
    network.output.kernel as tf.Variable,
    network.output.bias as tf.Variable,
  ];
}

/** The names and shapes of all weights, in the order of `weights.bin`. */
export function weightShapes(
  architecture: Architecture,
): { name: string; shape: number[] }[] {
  const shapes: { name: string; shape: number[] }[] = [];
  const add = (name: string, kernel: number[]) => {
    const channels = [kernel[kernel.length - 1]];
    shapes.push(
      { name: `${name}/kernel`, shape: kernel },
      { name: `${name}_norm/gamma`, shape: channels },
      { name: `${name}_norm/beta`, shape: channels },
      { name: `${name}_norm/moving_mean`, shape: channels },
      { name: `${name}_norm/moving_variance`, shape: channels },
    );
  };
  const { convolutions, flattened, hiddenUnits, tissues } = architecture;
  for (const { name, inChannels, filters } of convolutions) {
    add(name, [3, 3, inChannels, filters]);
  }
  add("hidden", [flattened, hiddenUnits]);
  shapes.push(
    { name: "output/kernel", shape: [hiddenUnits, tissues] },
    { name: "output/bias", shape: [tissues] },
  );
  return shapes;
}

/**
 * Glorot's uniform start (Glorot and Bengio 2010), Keras's default: values
 * even in +-sqrt(6 / (fan in + fan out)).
 */
function glorotUniform(shape: number[], stream: RandomStream): Float32Array {
  const receptiveField = shape.slice(0, -2).reduce((a, b) => a * b, 1);
  const [fanIn, fanOut] = shape.slice(-2).map((n) => n * receptiveField);
  const limit = Math.sqrt(6 / (fanIn + fanOut));
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
  const scale = limit / 2 ** 31;
  for (let i = 0; i < values.length; i++) values[i] = stream.bits() * scale;
  return values;
}

/**
 * The weights before training: kernels by Glorot's rule, gamma and moving
 * variance 1, all else 0.
 *
 * @param architecture The network's sizes.
 * @param seed Seed of the kernels; each draws from a stream of its own.
 */
export function* initialWeights(
  architecture: Architecture,
  seed: number,
): Generator<WeightValues> {
  for (const { name, shape } of weightShapes(architecture)) {
    if (name.endsWith("/kernel")) {
      const stream = openStream(seed, name);
      yield { name, shape, values: glorotUniform(shape, stream) };
    } else {
      const start = /gamma|variance/.test(name) ? 1 : 0;
      yield { name, shape, values: new Float32Array(shape[0]).fill(start) };
    }
  }
}

/**
 * Puts weights on the current backend, one tensor at a time, so that the
 * largest kernel is never held twice.
 *
 * @param architecture The network's sizes.
 * @param weights All weights, in the order of `weightShapes`.
 * @throws {RangeError} If a name or a shape is not the expected one.
 */
export function buildNetwork(
  architecture: Architecture,
  weights: Iterable<WeightValues>,
): Network {
  const source = weights[Symbol.iterator]();
  const variables = weightShapes(architecture).map(({ name, shape }) => {
    const given: WeightValues | undefined = source.next().value;
    if (given?.name !== name || given.shape.join() !== shape.join()) {
      throw new RangeError(
        `Cannot build the network: the weights hold ${given?.name} [${
          given?.shape ?? ""
        }] where ${name} [${shape}] should be`,
      );
    }
    const start = tf.tensor(given.values, shape);
    const variable = tf.variable(start);
    start.dispose();
    return variable;
  });
  const take = () => variables.shift()!;
  const layer = (name: string): NormalizedLayer => ({
    name,
    kernel: take(),
    gamma: take() as tf.Variable<tf.Rank.R1>,
    beta: take() as tf.Variable<tf.Rank.R1>,
    movingMean: take() as tf.Variable<tf.Rank.R1>,
    movingVariance: take() as tf.Variable<tf.Rank.R1>,
  });
  return {
    architecture,
    convolutions: architecture.convolutions.map(({ name }) => layer(name)),
    hidden: layer("hidden"),
    output: {
      kernel: take() as tf.Variable<tf.Rank.R2>,
      bias: take() as tf.Variable<tf.Rank.R1>,
    },
  };
}

/** Frees the network's memory. */
export function disposeNetwork(network: Network): void {
  for (const { variable } of namedWeights(network)) variable.dispose();
}

/**
 * Reads all weights back from the backend, in the order of `weights.bin`. On
 * wasm, beside the values that it gives, no memory is taken.
 *
 * @param network The network.
 * @param into What an earlier call gave for such a network, to be written
 * over and given again; by default new memory is taken.
 */
export async function readWeights(
  network: Network,
  into?: readonly WeightValues[],
): Promise<WeightValues[]> {
  const weights: WeightValues[] = [];
  for (const [index, { name, variable }] of namedWeights(network).entries()) {
    const values = into?.[index].values ?? new Float32Array(variable.size);
    await readValues(variable, values);
    weights.push({ name, shape: variable.shape, values });
  }
  return weights;
}

/** Overwrites all weights, in the order of `weights.bin`. */
export function writeWeights(
  network: Network,
  weights: readonly WeightValues[],
): void {
  namedWeights(network).forEach(({ variable }, index) => {
    const { values, shape } = weights[index];
    const given = tf.tensor(values, shape);
    variable.assign(given);
    given.dispose();
  });
}
