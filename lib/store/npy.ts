/** Matrices of float32 as NumPy's `.npy` files, which Python and R read. */

import { InputError } from "../cli/errors.ts";
import { explainUnreadable } from "../cli/text_file.ts";
import { escapeControls, quote } from "../cli/text.ts";

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // "\x93NUMPY"
/** NumPy starts the numbers at a multiple of this, so that they can be mapped. */
const ALIGNMENT = 64;
/** NumPy leaves room in the header for a first axis of that many digits. */
const GROWTH_DIGITS = 21;
/** Bytes handed over in one read or write. */
const CHUNK = 1 << 26;

export interface NpyArray {
  readonly data: Float32Array<ArrayBuffer>;
  readonly shape: readonly number[];
}

/**
 * Writes a matrix as NumPy's format 1.0, little-endian float32, row after row;
 * the same bytes as `numpy.save`.
 *
 * @param data rows x columns numbers, row after row.
 * @param shape `[rows, columns]`.
 * @throws {RangeError} If the shape does not fit the data.
 *
 * @example
 * ```ts
 * import { readNpy, writeNpy } from "./npy.ts";
 * const path = await Deno.makeTempFile({ suffix: ".npy" });
 * await writeNpy(path, Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]);
 * const { data, shape } = await readNpy(path);
 * console.assert(shape.join() === "2,3" && data[5] === 6);
 * await Deno.remove(path);
 * ```
 */
export async function writeNpy(
  path: string,
  data: Float32Array,
  shape: readonly [number, number],
): Promise<void> {
  const [rows, columns] = shape;
  if (rows * columns !== data.length) {
    throw new RangeError(
      `Cannot write ${path}: ${data.length} numbers do not fill ` +
        `${rows} x ${columns}`,
    );
  }
  using file = await Deno.create(path);
  await writeAll(file, makeHeader(rows, columns));
  await writeAll(
    file,
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  );
}

/**
 * Reads a `.npy` file of little-endian float32 in C order.
 *
 * @returns The numbers, row after row, and the length of each axis.
 * @throws {InputError} If the file is missing, is no such file, or is cut off.
 *
 * @example
 * ```ts
 * import { readNpy } from "./npy.ts";
 * let message = "";
 * await readNpy("no-such.npy").catch((error) => message = error.message);
 * console.assert(message.includes("no-such.npy"));
 * ```
 */
export async function readNpy(path: string): Promise<NpyArray> {
  using file = await Deno.open(path)
    .catch((error) => refuse(path, explainUnreadable(error)));
  const { size, isFile } = await file.stat();
  if (!isFile) refuse(path, "it is not a file");
  const preamble = new Uint8Array(10);
  if (
    await readInto(file, preamble) < preamble.length ||
    MAGIC.some((byte, index) => preamble[index] !== byte)
  ) {
    refuse(path, "it is not a NumPy .npy file");
  }
  const [major, minor] = preamble.subarray(6);
  if (major !== 1) {
    refuse(path, `its format is ${major}.${minor} and must be 1.0`);
  }
  const header = new Uint8Array(preamble[8] + 256 * preamble[9]);
  if (await readInto(file, header) < header.length) {
    refuse(path, "its header is cut off");
  }
  const shape = parseHeader(path, new TextDecoder("latin1").decode(header));
  const count = shape.reduce((product, length) => product * length, 1);
  const held = size - preamble.length - header.length;
  if (held !== 4 * count) {
    refuse(
      path,
      `${held} bytes follow its header where ` +
        `${shape.slice(0, 4).join(" x ")} numbers take ${4 * count}`,
    );
  }
  const data = new Float32Array(count);
  await readInto(file, new Uint8Array(data.buffer));
  return { data, shape };
}

function refuse(path: string, reason: string): never {
  throw new InputError(`Cannot read ${escapeControls(path)}: ${reason}`);
}

function makeHeader(rows: number, columns: number): Uint8Array {
  const fields = `{'descr': '<f4', 'fortran_order': False, 'shape': ` +
    `(${rows}, ${columns}), }`;
  const room = GROWTH_DIGITS - String(rows).length;
  const preamble = MAGIC.length + 4;
  const total = Math.ceil(
    (preamble + fields.length + room + 1) / ALIGNMENT,
  ) * ALIGNMENT;
  const header = new Uint8Array(total).fill(0x20);
  const length = total - preamble;
  header.set([...MAGIC, 1, 0, length & 255, length >> 8]);
  header.set(new TextEncoder().encode(fields), preamble);
  header[total - 1] = 0x0a;
  return header;
}

function parseHeader(path: string, header: string): number[] {
  const kind = header.match(/'descr':\s*'([^']*)'/)?.[1];
  if (kind !== "<f4") {
    refuse(
      path,
      `its numbers are ${quote(kind ?? "?")} and must be '<f4' (float32)`,
    );
  }
  if (!/'fortran_order':\s*False/.test(header)) {
    refuse(path, "it is in Fortran order and must be in C order");
  }
  const shape = header.match(/'shape':\s*\(([\d\s,]*)\)/)?.[1];
  if (shape === undefined) refuse(path, "its header names no shape");
  return shape.split(",").filter((part) => part.trim()).map(Number);
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let start = 0; start < bytes.length;) {
    start += await file.write(bytes.subarray(start, start + CHUNK));
  }
}

/** Fills `bytes` from the file; returns how many there were to fill it with. */
async function readInto(
  file: Deno.FsFile,
  bytes: Uint8Array,
): Promise<number> {
  let filled = 0;
  while (filled < bytes.length) {
    const count = await file.read(bytes.subarray(filled, filled + CHUNK));
    if (count === null) break;
    filled += count;
  }
  return filled;
}
