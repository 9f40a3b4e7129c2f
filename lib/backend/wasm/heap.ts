/** Tensors and scratch memory in tfjs's wasm heap. */

import * as tf from "@tensorflow/tfjs-core";

/** The part of tfjs's BackendWasm that this folder uses. */
export interface WasmBackend {
  wasm: {
    HEAPU8: Uint8Array<ArrayBuffer>;
    _malloc(bytes: number): number;
    _free(address: number): void;
    tfjs: {
      disposeData(id: number): void;
      registerTensor(id: number, size: number, address: number): void;
    };
  };
  dataIdMap: { get(dataId: object): { id: number; memoryOffset: number } };
  makeOutput(shape: number[], dtype: "float32" | "bool"): tf.TensorInfo;
}

/** tfjs's wasm backend, which must be the active one. */
export function wasmBackend(): WasmBackend {
  return tf.backend() as unknown as WasmBackend;
}

/** The argument of tfjs's kernel functions, with the inputs of these names. */
export interface KernelCall<
  Name extends string,
  Optional extends string = never,
> {
  inputs:
    & Record<Name, tf.TensorInfo>
    & Partial<Record<Optional, tf.TensorInfo>>;
  attrs: tf.NamedAttrMap;
}

/** A new tensor, whose values are undefined. */
export function makeOutput(shape: number[]): tf.TensorInfo {
  return wasmBackend().makeOutput(shape, "float32");
}

/** The address of a tensor's values. */
export function addressOf(tensor: tf.TensorInfo): number {
  return wasmBackend().dataIdMap.get(tensor.dataId).memoryOffset;
}

/** For each image of a batch, its address in each of the tensors. */
export function imageAddresses(tensors: readonly tf.TensorInfo[]): number[][] {
  const starts = tensors.map(addressOf);
  const bytes = tensors.map(({ shape: [, ...image] }) =>
    4 * tf.util.sizeFromShape(image)
  );
  return Array.from(
    { length: tensors[0].shape[0] },
    (_, image) => starts.map((start, tensor) => start + image * bytes[tensor]),
  );
}

/** A view of a tensor's values in the heap. */
export function valuesOf(tensor: tf.TensorInfo): Float32Array<ArrayBuffer> {
  return floatsAt(addressOf(tensor), tf.util.sizeFromShape(tensor.shape));
}

/**
 * A view of floats in the heap. It stays valid when the heap grows, because the
 * memory is shared.
 */
export function floatsAt(
  address: number,
  size: number,
): Float32Array<ArrayBuffer> {
  return new Float32Array(wasmBackend().wasm.HEAPU8.buffer, address, size);
}

/** Throws unless all tensors are float32: our kernels support nothing else. */
export function assertFloat(action: string, ...tensors: tf.TensorInfo[]): void {
  for (const { dtype } of tensors) {
    if (dtype !== "float32") {
      throw new TypeError(
        `Cannot ${action}: a tensor is ${dtype}, expected float32`,
      );
    }
  }
}

/**
 * Runs `work` with blocks of heap of the given sizes, whose content is
 * undefined, and frees them afterwards, also when it throws.
 *
 * @param sizes bytes of each block.
 */
export function withHeap(
  sizes: readonly number[],
  work: (...addresses: number[]) => void,
): void {
  // Multiples of a cache line keep blocks aligned for vectors and doubles.
  const rounded = sizes.map((size) => Math.ceil(size / 64) * 64);
  const total = rounded.reduce((sum, size) => sum + size, 0);
  const { wasm } = wasmBackend();
  const start = wasm._malloc(total + 64) >>> 0;
  try {
    let address = Math.ceil(start / 64) * 64;
    work(...rounded.map((size) => {
      address += size;
      return address - size;
    }));
  } finally {
    wasm._free(start);
  }
}
