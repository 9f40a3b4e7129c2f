/** Tensors and scratch memory in tfjs's wasm heap. */

import type * as tf from "@tensorflow/tfjs-core";

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
  makeOutput(shape: number[], dtype: "float32"): tf.TensorInfo;
  disposeData(dataId: object): boolean;
}

/** The argument of tfjs's kernel functions. */
export interface KernelCall<Inputs> {
  inputs: Inputs;
  backend: WasmBackend;
  attrs: tf.NamedAttrMap;
}

/** The address of a tensor's values. */
export function addressOf(backend: WasmBackend, tensor: tf.TensorInfo): number {
  return backend.dataIdMap.get(tensor.dataId).memoryOffset;
}

/** For each image of a batch, its address in each of the tensors. */
export function imageAddresses(
  backend: WasmBackend,
  tensors: readonly tf.TensorInfo[],
): number[][] {
  const [batch] = tensors[0].shape;
  const starts = tensors.map((tensor) => addressOf(backend, tensor));
  const bytes = tensors.map(({ shape: [, ...image] }) =>
    4 * image.reduce((product, axis) => product * axis, 1)
  );
  return Array.from(
    { length: batch },
    (_, image) => starts.map((start, tensor) => start + image * bytes[tensor]),
  );
}

/** A view of a tensor's values in the heap; invalid once the heap grows. */
export function valuesOf(
  backend: WasmBackend,
  tensor: tf.TensorInfo,
): Float32Array<ArrayBuffer> {
  const size = tensor.shape.reduce((product, axis) => product * axis, 1);
  return floatsAt(backend, addressOf(backend, tensor), size);
}

/** A view of floats in the heap; invalid once the heap grows. */
export function floatsAt(
  backend: WasmBackend,
  address: number,
  size: number,
): Float32Array<ArrayBuffer> {
  return new Float32Array(backend.wasm.HEAPU8.buffer, address, size);
}

/** A view of doubles in the heap; invalid once the heap grows. */
export function doublesAt(
  backend: WasmBackend,
  address: number,
  size: number,
): Float64Array<ArrayBuffer> {
  return new Float64Array(backend.wasm.HEAPU8.buffer, address, size);
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
  backend: WasmBackend,
  sizes: number[],
  work: (...addresses: number[]) => void,
): void {
  // Multiples of a cache line keep blocks aligned for vectors and doubles.
  const rounded = sizes.map((size) => Math.ceil(size / 64) * 64);
  const total = rounded.reduce((sum, size) => sum + size, 0);
  const start = backend.wasm._malloc(total + 64) >>> 0;
  try {
    let address = Math.ceil(start / 64) * 64;
    work(...rounded.map((size) => {
      address += size;
      return address - size;
    }));
  } finally {
    backend.wasm._free(start);
  }
}

/** {@linkcode withHeap} with blocks that are zero at the start. */
export function withScratch(
  backend: WasmBackend,
  sizes: number[],
  work: (...addresses: number[]) => void,
): void {
  withHeap(backend, sizes, (...addresses) => {
    addresses.forEach((address, index) =>
      backend.wasm.HEAPU8.fill(0, address, address + sizes[index])
    );
    work(...addresses);
  });
}
