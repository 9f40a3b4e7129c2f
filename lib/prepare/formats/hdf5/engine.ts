/**
 * The HDF5 library, with a file system that holds one file, read where and
 * when the library asks for it. So no file is held whole, and a link in a file
 * leads to no other file.
 */

import type { Metadata } from "h5wasm";
import { hasWideVectors } from "../../../backend/v8_flags.ts";
import { addBoundsChecks } from "./wasm/bounds_checks.ts";

/** The library's functions that are used; it types them loosely itself. */
export interface Engine {
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  readonly FS: FileSystem;
  readonly H5G_GROUP: number;
  readonly H5G_DATASET: number;
  readonly H5F_ACC_RDONLY: number;
  readonly H5T_class_t: Readonly<Record<string, { readonly value: number }>>;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  UTF8ToString(pointer: number): string;
  open(
    name: string,
    mode: number,
    track: boolean,
    low: number,
    high: number,
  ): bigint;
  close_file(file: bigint): number;
  get_type(file: bigint, path: string): number;
  get_names(file: bigint, path: string, recursive: boolean): string[];
  get_attribute_names(file: bigint, path: string): string[];
  get_dataset_metadata(file: bigint, path: string): Metadata;
  get_dataset_filters(
    file: bigint,
    path: string,
  ): { readonly id: number; readonly name: string }[];
  /** Negative if it failed; what stands at `pointer` is not changed then. */
  get_dataset_data(
    file: bigint,
    path: string,
    count: bigint[],
    offset: bigint[],
    strides: bigint[],
    pointer: bigint,
  ): number;
  reclaim_vlen_memory_count(
    file: bigint,
    path: string,
    attribute: string,
    pointer: bigint,
    count: bigint[],
  ): number;
}

interface FileSystem {
  createFile(
    folder: string,
    name: string,
    properties: object,
    canRead: boolean,
    canWrite: boolean,
  ): FileNode;
}

interface FileNode {
  stream_ops: object;
}

/** Where the library thinks that the file is. */
export const FILE = "input.h5";

/**
 * Starts the library. One process may do so once; see `worker.ts`. Where V8
 * checks no address, the library's code is changed so that it does so itself,
 * for a file may be made to lead it anywhere.
 */
export async function startEngine(): Promise<Engine> {
  if (hasWideVectors()) checkAllModules();
  const { default: h5wasm } = await import("h5wasm");
  return await h5wasm.ready as unknown as Engine;
}

/** Adds bounds checks to each wasm module that is loaded from now on. */
function checkAllModules(): void {
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = ((
    source: ArrayBuffer | Uint8Array,
    imports?: WebAssembly.Imports,
  ) =>
    instantiate(
      addBoundsChecks(new Uint8Array(source)),
      imports,
    )) as typeof WebAssembly.instantiate;
}

/**
 * Lets the library see a file as `FILE`.
 *
 * @param onRead Called with the bytes of each read.
 */
export function mountFile(
  { FS }: Engine,
  file: Deno.FsFile,
  onRead: (bytes: number) => void,
): void {
  const { size } = file.statSync();
  const node = FS.createFile("/", FILE, {}, true, false);
  Object.defineProperty(node, "usedBytes", { get: () => size });
  node.stream_ops = {
    ...node.stream_ops,
    read(
      _stream: unknown,
      heap: Int8Array<ArrayBuffer>,
      start: number,
      length: number,
      position: number,
    ): number {
      const wanted = Math.max(0, Math.min(length, size - position));
      const target = new Uint8Array(heap.buffer, start, wanted);
      file.seekSync(position, Deno.SeekMode.Start);
      let count = 0;
      while (count < wanted) {
        const more = file.readSync(target.subarray(count));
        if (more === null) break;
        count += more;
      }
      onRead(count);
      return count;
    },
  };
}
