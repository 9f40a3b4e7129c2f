/** Reads the beginning of a user's file, from which its format is recognized. */

import { explainUnreadable } from "../../cli/text_file.ts";
import type { FileHead } from "./file_head.ts";
import { openBytes } from "./file_stream.ts";
import { join, utf16Of } from "./text_stream.ts";
import { unreadable } from "./unreadable.ts";

/** So many bytes are read, if there are so many. */
const HEAD = 1 << 16;

/**
 * Reads the first bytes of a file, as they are and unpacked, or the names in a
 * folder.
 *
 * @throws {InputError} If it cannot be read, is empty, is a pipe (which cannot
 * be read twice), or is a gzip file that is damaged within its first bytes.
 */
export async function readHead(path: string): Promise<FileHead> {
  if (await isFolder(path)) {
    const entries = [];
    for await (const { name } of Deno.readDir(path)) entries.push(name);
    const nothing = new Uint8Array(0);
    return {
      path,
      entries: entries.sort(),
      packed: nothing,
      bytes: nothing,
      text: "",
    };
  }
  const bytes = await firstBytes(openBytes({ path }));
  const packed = bytes.length < 2 || await isPacked(path)
    ? await readPacked(path)
    : bytes;
  return { path, packed, bytes, text: decode(bytes) };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (error) {
    throw unreadable(path, explainUnreadable(error));
  }
}

async function firstBytes(
  chunks: AsyncIterable<Uint8Array>,
): Promise<Uint8Array> {
  let bytes = new Uint8Array(0);
  for await (const chunk of chunks) {
    bytes = join(bytes, chunk);
    if (bytes.length >= HEAD) break;
  }
  return bytes;
}

async function isPacked(path: string): Promise<boolean> {
  const [first, second] = await readPacked(path, 2);
  return first === 0x1f && second === 0x8b;
}

/** The first bytes as they are in the file. */
async function readPacked(path: string, most = HEAD): Promise<Uint8Array> {
  using file = await Deno.open(path);
  const bytes = new Uint8Array(most);
  let filled = 0;
  while (filled < most) {
    const count = await file.read(bytes.subarray(filled));
    if (count === null) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

/** UTF-16 where a byte-order mark says so, and else UTF-8. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder(utf16Of(bytes) ?? "utf-8").decode(bytes);
}
