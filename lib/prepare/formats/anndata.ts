/** Reads HDF5 files: AnnData (.h5ad), 10x Cell Ranger's .h5, loom. */

import { InputError } from "../../cli/errors.ts";
import type { FileSource } from "../input/file_stream.ts";
import { GrowableMatrix } from "../input/growable_matrix.ts";
import type { RawAxis, RawMatrix } from "../input/raw_matrix.ts";
import { unreadable } from "../input/unreadable.ts";
import { readStart } from "./file_start.ts";
import type {
  Block,
  Entries,
  FromReader,
  SideFacts,
  ToReader,
} from "./hdf5/messages.ts";
import type { Format, ReadOptions } from "./format.ts";

/** The first bytes of an HDF5 file. */
const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** A block of another program's may stand before them, of such a length. */
const BLOCKS = [0, 512, 1024, 2048, 4096, 8192, 16384, 32768];

/**
 * HDF5: AnnData's `X`, or the layer that `options.layer` names (`raw` is
 * `raw/X`); Cell Ranger's counts; loom's matrix or layer. Columns of `obs` and
 * `var` become annotations, as the text that a CSV of them would hold. The
 * file is read part by part; what is sparse becomes a full matrix.
 */
export const anndata: Format = {
  name: "anndata",
  title: "AnnData h5ad, 10x h5, loom",
  extensions: [".h5ad", ".h5", ".hdf5", ".loom"],
  uses: ["layer"],
  recognizes: ({ bytes }) => findSignature(bytes) >= 0,
  read: readHdf5,
};

/** Where the bytes of an HDF5 file begin; -1 if they are no such file. */
function findSignature(bytes: Uint8Array): number {
  return BLOCKS.find((start) =>
    SIGNATURE.every((byte, index) => bytes[start + index] === byte)
  ) ?? -1;
}

async function readHdf5(
  { path, onRead = () => {} }: FileSource,
  options: ReadOptions,
): Promise<RawMatrix> {
  await refuseOthers(path);
  const { layer, ignore } = options;
  const worker = new Worker(new URL("./hdf5/worker.ts", import.meta.url), {
    type: "module",
  });
  const { promise, resolve, reject } = Promise.withResolvers<RawMatrix>();
  let matrix = new GrowableMatrix(1);
  let rows: Float32Array<ArrayBuffer>[] = [];
  worker.onmessage = ({ data }: MessageEvent<FromReader>) => {
    if ("read" in data) onRead(data.read);
    else if ("block" in data) putBlock(rows, data.block);
    else if ("entries" in data) addEntries(rows, data.entries);
    else if ("size" in data) {
      const [count, width] = data.size;
      const grown = matrix = new GrowableMatrix(width);
      rows = Array.from({ length: count }, () => grown.add());
    } else if ("failed" in data) {
      reject(new InputError(data.failed.message, data.failed.remedy));
    } else {
      const { done } = data;
      resolve({
        ...done,
        values: matrix,
        rows: axisOf(done.rows),
        columns: axisOf(done.columns),
      });
    }
  };
  worker.onerror = (event) => {
    event.preventDefault();
    // A message says that a file is damaged; this is the reader's own fault.
    reject(new Error(`Cannot read ${path}: ${event.message}`));
  };
  worker.postMessage({ path, options: { layer, ignore } } satisfies ToReader);
  try {
    return await promise;
  } finally {
    worker.terminate();
  }
}

/** @throws {InputError} If the file is no HDF5 file that can be opened. */
async function refuseOthers(path: string): Promise<void> {
  const start = new Uint8Array(BLOCKS.at(-1)! + SIGNATURE.length);
  const length = await readStart(path, start);
  if (findSignature(start.subarray(0, length)) >= 0) return;
  if (start[0] === 0x1f && start[1] === 0x8b) {
    throw unreadable(
      path,
      "it is a gzip file, and HDF5 is read at many places, not in order",
      "Unpack it (gunzip); HDF5 files are compressed inside",
    );
  }
  throw unreadable(
    path,
    length === 0
      ? "the file is empty"
      : "it does not begin as an HDF5 file does",
    "Copy or download it again, or name it after its real format",
  );
}

function axisOf({ title, ids, annotations, place }: SideFacts): RawAxis {
  const locate = (index: number) => `entry ${index + 1} of ${place}`;
  return { title, ids, annotations, locate };
}

function putBlock(
  rows: readonly Float32Array[],
  { row, column, width, values }: Block,
): void {
  for (let start = 0, at = row; start < values.length; start += width, at++) {
    rows[at].set(values.subarray(start, start + width), column);
  }
}

function addEntries(
  matrix: readonly Float32Array[],
  { rows, columns, values }: Entries,
): void {
  for (let index = 0; index < values.length; index++) {
    matrix[rows[index]][columns[index]] += values[index];
  }
}
