import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import {
  type Backend,
  BackendUnavailable,
  openBackend,
} from "../../lib/backend/open.ts";

/** The backends on which the whole suite runs. */
export const TESTED = ["cpu", "wasm", "webgpu"] as const;

const missing = new Map<string, string>();
for (const name of TESTED) {
  try {
    await openBackend(name);
  } catch (error) {
    if (!(error instanceof BackendUnavailable)) throw error;
    missing.set(name, error.message);
    console.warn(
      `SKIPPING EVERY TEST ON ${name.toUpperCase()}: ${error.message}`,
    );
  }
}

/**
 * Declares one test a backend; it fails when tensors leak. Sanitizers are off
 * because a WebGPU device keeps its own operations open.
 */
export function testOnEachBackend(
  title: string,
  body: (backend: Backend) => Promise<void> | void,
): void {
  for (const name of TESTED) {
    Deno.test({
      name: `${name}: ${title}`,
      ignore: missing.has(name),
      sanitizeOps: false,
      sanitizeResources: false,
      fn: async () => {
        const backend = await openBackend(name);
        const before = tf.memory().numTensors;
        await body(backend);
        assert.equal(tf.memory().numTensors, before, "tensors were left over");
      },
    });
  }
}

/** Reproducible numbers in [-1, 1): a linear congruential generator. */
export function numbers(count: number, seed: number): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** A reproducible tensor of numbers in [-1, 1). */
export function tensor<T extends tf.Tensor>(shape: number[], seed: number): T {
  const size = shape.reduce((product, axis) => product * axis, 1);
  return tf.tensor(numbers(size, seed), shape) as T;
}

/** Reads tensors and disposes of them. */
export async function take(...tensors: tf.Tensor[]): Promise<Float32Array[]> {
  const values: Float32Array[] = [];
  for (const each of tensors) {
    values.push(await each.data() as Float32Array);
    each.dispose();
  }
  return values;
}

/** Asserts that |actual - expected| <= tolerance everywhere. */
export function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  assert.equal(actual.length, expected.length, `${what}: number of values`);
  for (let i = 0; i < actual.length; i++) {
    const gap = Math.abs(actual[i] - expected[i]);
    // The negation catches NaN.
    if (!(gap <= tolerance)) {
      assert.fail(
        `${what}[${i}] is ${actual[i]}, expected ${expected[i]} ± ${tolerance}`,
      );
    }
  }
}
