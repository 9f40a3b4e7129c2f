/** SHA-256 of files and texts, without holding a whole file in memory. */

import { createHash } from "node:crypto";
import { InputError } from "../cli/errors.ts";
import { byCodeUnit, escapeControls } from "../cli/text.ts";
import { walk } from "./files.ts";
import { refusePipe } from "./pipes.ts";

/** Bytes read at a time: large enough that the hashing is what takes time. */
const CHUNK_BYTES = 1 << 20;

/** More files in a folder than any study has: it is some other folder. */
const MOST_FILES = 200_000;

/** Hashes found earlier in this process, with what the file was like then. */
const known = new Map<string, { state: string; hash: string }>();

/** What changes of a file when it is written to or replaced. */
export function stateOf({ size, mtime, dev, ino }: Deno.FileInfo): string {
  return [size, mtime?.getTime(), dev, ino].join("/");
}

/** How a file is hashed. */
export interface HashOptions {
  /** Read it again, even if it looks as it did when it was hashed. */
  readonly fresh?: boolean;
}

/**
 * The SHA-256 of a file in 64 hexadecimal digits. A file that has not changed
 * since this process hashed it is not read again.
 *
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {InputError} If it is a pipe or a device.
 */
export async function hashFile(
  path: string,
  { fresh = false }: HashOptions = {},
): Promise<string> {
  const real = await Deno.realPath(path);
  refusePipe(path, await Deno.stat(real));
  using file = await Deno.open(real);
  const info = await file.stat();
  // The last time also changes if the one before it is set back.
  const state = `${stateOf(info)}/${info.ctime?.getTime()}`;
  const earlier = known.get(real);
  if (!fresh && earlier?.state === state) return earlier.hash;
  const digest = createHash("sha256");
  // Most files are small, and memory that is not used has to be cleared, too.
  const chunk = new Uint8Array(Math.min(CHUNK_BYTES, info.size + 4096));
  for (;;) {
    const count = await file.read(chunk);
    if (count === null) break;
    digest.update(chunk.subarray(0, count));
  }
  const hash = digest.digest("hex");
  known.set(real, { state, hash });
  return hash;
}

/**
 * The SHA-256 of what a user gave: of a file its bytes, of a folder the names
 * of the files in it, so that one that comes or goes shows. What those hold is
 * recorded file by file. Hidden files do not count.
 *
 * @throws {Deno.errors.NotFound} If there is nothing at that path.
 * @throws {InputError} If it is a pipe or a device, or a folder with more than
 * 200,000 files.
 */
export async function hashInput(
  path: string,
  options?: HashOptions,
): Promise<string> {
  if (!(await Deno.stat(path)).isDirectory) {
    return await hashFile(path, options);
  }
  const folder = path.replace(/(?<=.)[/\\]+$/, "");
  const names: string[] = [];
  let count = 0;
  for await (const file of walk(folder)) {
    if (++count > MOST_FILES) {
      throw new InputError(
        `Cannot read ${escapeControls(path)}: it holds more than 200,000 files`,
        "Give a folder with nothing but the samples",
      );
    }
    const name = file.slice(folder.length + 1);
    if (!/(^|[/\\])\./.test(name)) names.push(name.replaceAll("\\", "/"));
  }
  return hashText(
    names.sort(byCodeUnit).map((name) => JSON.stringify(name) + "\n").join(""),
  );
}

/** The SHA-256 of a text in UTF-8. */
export function hashText(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The SHA-256 of bytes. */
export function hashBytes(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
