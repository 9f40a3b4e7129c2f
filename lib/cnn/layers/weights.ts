/** Weights as layers declare them, and their values before training. */

import type { RandomStream } from "../../random.ts";

/** One tensor of weights. */
export interface WeightDeclaration {
  /**
   * As in `model.json`, such as `conv1/kernel`. It is the name of the tensor's
   * random stream, too.
   */
  readonly name: string;
  readonly shape: readonly number[];
  /** Gives the values before training. */
  readonly initialize: (
    shape: readonly number[],
    stream: RandomStream,
  ) => Float32Array;
  /** Whether gradients change it, as they do not BatchNorm's statistics. */
  readonly isTrained: boolean;
}

/** A tensor of weights. */
export function declare(
  name: string,
  shape: readonly number[],
  initialize: WeightDeclaration["initialize"],
  isTrained = true,
): WeightDeclaration {
  return { name, shape, initialize, isTrained };
}

/** How many values a shape holds. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, axis) => product * axis, 1);
}

/**
 * Glorot's uniform start (Glorot and Bengio 2010), Keras's default: values
 * even in +-sqrt(6 / (fan in + fan out)).
 */
export function glorotUniform(
  shape: readonly number[],
  stream: RandomStream,
): Float32Array {
  const receptiveField = sizeOf(shape.slice(0, -2));
  const [fanIn, fanOut] = shape.slice(-2).map((n) => n * receptiveField);
  const limit = Math.sqrt(6 / (fanIn + fanOut));
  const values = new Float32Array(sizeOf(shape));
  const scale = limit / 2 ** 31;
  for (let i = 0; i < values.length; i++) values[i] = stream.bits() * scale;
  return values;
}

export function zeros(shape: readonly number[]): Float32Array {
  return new Float32Array(sizeOf(shape));
}

export function ones(shape: readonly number[]): Float32Array {
  return new Float32Array(sizeOf(shape)).fill(1);
}
