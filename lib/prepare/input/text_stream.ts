/** A user's text file as a stream of UTF-8 bytes, whatever wrote it. */

import { type FileSource, openBytes } from "./file_stream.ts";
import { unreadable } from "./unreadable.ts";

/**
 * Opens a text file, plain or gzipped: a byte-order mark is left out, and
 * UTF-16 text that begins with its mark (a spreadsheet's "Unicode text")
 * becomes UTF-8.
 *
 * @returns Chunks, never empty; each is valid until the next one is asked for.
 * @throws {InputError} If the file cannot be read or begins with bytes that
 * are no text.
 */
export async function* openText(
  source: FileSource,
): AsyncGenerator<Uint8Array> {
  let start: Uint8Array | undefined;
  let convert = (bytes: Uint8Array, _last: boolean) => bytes;
  let atStart = true;
  // A gzip member may be shorter than a byte-order mark.
  for await (const chunk of openBytes(source)) {
    if (!atStart) {
      const converted = convert(chunk, false);
      if (converted.length > 0) yield converted;
      continue;
    }
    start = start === undefined ? chunk : join(start, chunk);
    if (start.length < 3) {
      start = start.slice();
      continue;
    }
    atStart = false;
    yield* open(start);
  }
  if (atStart && start !== undefined) yield* open(start);
  const rest = convert(new Uint8Array(0), true);
  if (rest.length > 0) yield rest;

  function* open(bytes: Uint8Array): Generator<Uint8Array> {
    const encoding = utf16Of(bytes);
    if (encoding !== undefined) convert = fromUtf16(source.path, encoding);
    const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb &&
      bytes[2] === 0xbf;
    const text = isMarked ? bytes.subarray(3) : convert(bytes, false);
    if (text.includes(0)) refuseBinary(source.path, 1);
    if (text.length > 0) yield text;
  }
}

/**
 * Says that a file is no text.
 *
 * @throws {InputError} Always.
 */
export function refuseBinary(path: string, line: number): never {
  throw unreadable(
    path,
    `line ${line} holds bytes that are not UTF-8 text; the file must be a ` +
      "CSV or TSV table, plain or gzipped",
    "Export it as UTF-8 CSV",
  );
}

/** The encoding that a byte-order mark names, if it is UTF-16. */
export function utf16Of(
  [first, second]: Uint8Array,
): "utf-16le" | "utf-16be" | undefined {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return undefined;
}

function fromUtf16(path: string, encoding: string) {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const encoder = new TextEncoder();
  return (bytes: Uint8Array, last: boolean): Uint8Array => {
    try {
      return encoder.encode(decoder.decode(bytes, { stream: !last }));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw unreadable(
        path,
        "it begins as UTF-16 text does and holds bytes that are none",
        "Export it as UTF-8 CSV",
      );
    }
  };
}

/** The bytes of both. */
export function join(
  first: Uint8Array,
  second: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
