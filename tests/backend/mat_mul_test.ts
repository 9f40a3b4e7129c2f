/** The matrix product. */

import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { matMul } from "../../lib/backend/ops.ts";
import * as reference from "./reference.ts";
import {
  assertClose,
  numbers,
  take,
  tensor,
  testOnEachBackend,
} from "./support.ts";

/** Rows, inner, columns: below, at and above the blocks of 4, 8 and 256. */
const SIZES: [number, number, number][] = [
  [1, 1, 1],
  [3, 5, 7],
  [4, 8, 8],
  [9, 300, 13],
  [5, 17, 270],
  [64, 33, 29],
];

for (const size of SIZES) {
  const [rows, inner, columns] = size;
  for (const [transposeA, transposeB] of [[0, 0], [1, 0], [0, 1], [1, 1]]) {
    const title = `${rows}x${inner}${transposeA ? "T" : ""} by ` +
      `${inner}x${columns}${transposeB ? "T" : ""}`;
    testOnEachBackend(`matMul ${title}`, async () => {
      const a = tensor<tf.Tensor2D>(
        transposeA ? [inner, rows] : [rows, inner],
        7,
      );
      const b = tensor<tf.Tensor2D>(
        transposeB ? [columns, inner] : [inner, columns],
        8,
      );
      const expected = reference.matMul(
        numbers(a.size, 7),
        numbers(b.size, 8),
        size,
        transposeA === 1,
        transposeB === 1,
      );
      const product = matMul(a, b, transposeA === 1, transposeB === 1);
      // As in convolve_test.ts, with n at most 300: 300 * 2^-24 is 1.8e-5.
      assertClose((await take(product))[0], expected, 3e-5, "product");
      await take(a, b);
    });
  }
}

testOnEachBackend("matMul of batches broadcasts", async () => {
  const a = tensor<tf.Tensor3D>([3, 4, 5], 7);
  const b = tensor<tf.Tensor3D>([1, 5, 6], 8);
  const [product] = await take(tf.matMul(a, b));
  for (let matrix = 0; matrix < 3; matrix++) {
    const values = numbers(60, 7).slice(matrix * 20, matrix * 20 + 20);
    const expected = reference.matMul(
      values,
      numbers(30, 8),
      [4, 5, 6],
      false,
      false,
    );
    const part = product.slice(matrix * 24, matrix * 24 + 24);
    assertClose(part, expected, 3e-5, `matrix ${matrix}`);
  }
  await take(a, b);
});

testOnEachBackend(
  "matMul refuses unequal inner sizes in one line",
  async () => {
    const a = tensor<tf.Tensor2D>([2, 3], 7);
    assert.throws(() => matMul(a, a), {
      name: "RangeError",
      message: "Cannot multiply matrices: inner sizes are 3 and 2 " +
        "([2,3] by [2,3]), expected equal",
    });
    await take(a);
  },
);
