import * as tf from "@tensorflow/tfjs-core";
import { addressOf, assertFloat, type KernelCall } from "./heap.ts";
import { withScratch } from "./heap.ts";
import { kernels } from "./kernel_module.ts";

/** Inputs of tfjs's kernel "BatchMatMul". */
export interface MatMulInputs {
  a: tf.TensorInfo;
  b: tf.TensorInfo;
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
  const sizes = [4 * 256 * 4, 256 * 256 * 4, 32, 128];
  withScratch(backend, sizes, (packedA, panels, zeros, tile) => {
    for (let matrix = 0; matrix < aOffsets.length; matrix++) {
      kernels().matMul(
        addressOf(backend, a) + aOffsets[matrix] * 4,
        attrs.transposeA ? 4 : aColumns * 4,
        attrs.transposeA ? aColumns * 4 : 4,
        addressOf(backend, b) + bOffsets[matrix] * 4,
        attrs.transposeB ? 4 : bColumns * 4,
        attrs.transposeB ? bColumns * 4 : 4,
        addressOf(backend, product) + matrix * rows * columns * 4,
        rows,
        inner,
        columns,
        packedA,
        panels,
        zeros,
        tile,
      );
    }
  });
  return product;
}

/** For each matrix of the broadcast result, where its operand starts. */
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
