/** The wasm kernel of the matrix product. */

import * as tf from "@tensorflow/tfjs-core";
import { addressOf, assertFloat, type KernelCall } from "./heap.ts";
import { parallelFor, rangesOf } from "./parallel_for.ts";

/** Inputs of tfjs's kernel "BatchMatMul". */
export interface MatMulInputs {
  a: tf.TensorInfo;
  b: tf.TensorInfo;
}

/** Floats of scratch that the kernel needs. */
export const MAT_MUL_SCRATCH = 66_600;

/** Multiplications in a chunk: a few milliseconds. */
const CHUNK_SIZE = 2 ** 24;

/** One product, as the kernel "matMul" takes it: addresses, strides, sizes. */
interface Product {
  a: number;
  aRow: number;
  aInner: number;
  b: number;
  bInner: number;
  bColumn: number;
  c: number;
  rows: number;
  inner: number;
  columns: number;
}

/**
 * Splits a product along the longer side of the result. Each value is summed
 * in the same order, however it is split.
 */
function splitProduct(product: Product): number[][] {
  const { a, aRow, aInner, b, bInner, bColumn, c } = product;
  const { rows, inner, columns } = product;
  const cRow = columns * 4;
  if (rows > columns) {
    return rangesOf(rows, inner * columns, 4, CHUNK_SIZE).map((
      { first, count },
    ) => [
      ...[a + first * aRow, aRow, aInner, b, bInner, bColumn],
      ...[c + first * cRow, cRow, count, inner, columns],
    ]);
  }
  const ranges = rangesOf(columns, inner * rows, 64, CHUNK_SIZE);
  return ranges.map(({ first, count }) => [
    ...[a, aRow, aInner, b + first * bColumn, bInner, bColumn],
    ...[c + first * 4, cRow, rows, inner, count],
  ]);
}

/** tfjs's BatchMatMul: any transposes, leading axes broadcast. */
export function batchMatMul(call: KernelCall<MatMulInputs>): tf.TensorInfo {
  const { inputs: { a, b }, backend, attrs } = call;
  assertFloat("multiply matrices", a, b);
  const [aRows, aColumns] = a.shape.slice(-2);
  const [bRows, bColumns] = b.shape.slice(-2);
  const [rows, inner] = attrs.transposeA
    ? [aColumns, aRows]
    : [aRows, aColumns];
  const columns = attrs.transposeB ? bRows : bColumns;
  const aOuter = a.shape.slice(0, -2);
  const bOuter = b.shape.slice(0, -2);
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(aOuter, bOuter);
  const product = backend.makeOutput([...outer, rows, columns], "float32");
  const aOffsets = matrixOffsets(aOuter, outer, rows * inner);
  const bOffsets = matrixOffsets(bOuter, outer, inner * columns);
  const chunks = aOffsets.flatMap((aOffset, matrix) =>
    splitProduct({
      a: addressOf(backend, a) + aOffset * 4,
      aRow: attrs.transposeA ? 4 : aColumns * 4,
      aInner: attrs.transposeA ? aColumns * 4 : 4,
      b: addressOf(backend, b) + bOffsets[matrix] * 4,
      bInner: attrs.transposeB ? 4 : bColumns * 4,
      bColumn: attrs.transposeB ? bColumns * 4 : 4,
      c: addressOf(backend, product) + matrix * rows * columns * 4,
      rows,
      inner,
      columns,
    })
  );
  parallelFor(backend, "matMul", chunks, MAT_MUL_SCRATCH * 4);
  return product;
}

/** The offset of the operand of each matrix of the broadcast result. */
function matrixOffsets(
  own: number[],
  outer: number[],
  matrixSize: number,
): number[] {
  let offsets = [0];
  let stride = matrixSize;
  const missing = outer.length - own.length;
  const strides = own.map(() => 0);
  for (let axis = own.length - 1; axis >= 0; axis--) {
    strides[axis] = own[axis] === 1 ? 0 : stride;
    stride *= own[axis];
  }
  outer.forEach((size, axis) => {
    const step = axis < missing ? 0 : strides[axis - missing];
    offsets = offsets.flatMap((offset) =>
      Array.from({ length: size }, (_, index) => offset + index * step)
    );
  });
  return offsets;
}
