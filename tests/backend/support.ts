/** Tests on each backend, and the tensors for them. */

import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { BACKEND_NAMES } from "../../lib/backend/backend_names.ts";
import { type Backend, openBackend } from "../../lib/backend/open.ts";
import { whySkipped } from "../backends.ts";

/**
 * Declares one test per backend; it fails when tensors leak. Sanitizers are off
 * because a WebGPU device keeps its own operations open.
 */
export function testOnEachBackend(
  title: string,
  body: (backend: Backend) => Promise<void> | void,
): void {
  for (const name of BACKEND_NAMES.toReversed()) {
    const skipped = whySkipped(name);
    Deno.test({
      name: `${name}: ${title}` + (skipped ? ` (skipped: ${skipped})` : ""),
      ignore: skipped !== undefined,
      sanitizeOps: false,
      sanitizeResources: false,
      fn: async () => {
        const backend = await openBackend(name);
        const before = tf.memory().numTensors;
        await body(backend);
        assert.equal(
          tf.memory().numTensors,
          before,
          "tensors were not disposed of",
        );
      },
    });
  }
}

/** Reproducible numbers in [-1, 1) from a linear congruential generator. */
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
