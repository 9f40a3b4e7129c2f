/** The wasm kernel of the matrix product. */

import type * as tf from "@tensorflow/tfjs-core";
import { addressOf, assertFloat, type KernelCall, makeOutput } from "./heap.ts";
import { kernels } from "./kernel_module.ts";
import { parallelFor, rangesOf } from "./parallel_for.ts";

/** Multiplications in a chunk: a few milliseconds. */
const CHUNK_SIZE = 2 ** 24;

/**
 * The product of two matrices, transposed where the attributes say so. It is
 * split along the longer side of the result: each value is summed in the same
 * order, however it is split.
 */
export function matMul(
  { inputs: { a, b }, attrs }: KernelCall<"a" | "b">,
): tf.TensorInfo {
  assertFloat("multiply matrices", a, b);
  const [aRows, aColumns] = a.shape;
  const [bRows, bColumns] = b.shape;
  const [rows, inner] = attrs.transposeA
    ? [aColumns, aRows]
    : [aRows, aColumns];
  const columns = attrs.transposeB ? bRows : bColumns;
  const product = makeOutput([rows, columns]);
  const [startA, startB, startC] = [a, b, product].map(addressOf);
  // Strides in bytes.
  const [aRow, aInner] = attrs.transposeA
    ? [4, aColumns * 4]
    : [aColumns * 4, 4];
  const [bInner, bColumn] = attrs.transposeB
    ? [4, bColumns * 4]
    : [bColumns * 4, 4];
  const cRow = columns * 4;
  const chunks = rows > columns
    ? rangesOf(rows, inner * columns, 4, CHUNK_SIZE).map(({ first, count }) => [
      ...[startA + first * aRow, aRow, aInner, startB, bInner, bColumn],
      ...[startC + first * cRow, cRow, count, inner, columns],
    ])
    : rangesOf(columns, inner * rows, 64, CHUNK_SIZE).map((
      { first, count },
    ) => [
      ...[startA, aRow, aInner, startB + first * bColumn, bInner, bColumn],
      ...[startC + first * 4, cRow, rows, inner, count],
    ]);
  parallelFor("matMul", chunks, kernels().matMulScratch());
  return product;
}
