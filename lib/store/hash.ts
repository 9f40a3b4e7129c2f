/** SHA-256 of files and texts, without holding a whole file in memory. */

import { createHash } from "node:crypto";
import { byCodeUnit } from "../cli/text.ts";
import { walk } from "./files.ts";

/** Bytes read at a time: large enough that the hashing is what takes time. */
const CHUNK_BYTES = 1 << 20;

/** Hashes found earlier in this process, with what the file was like then. */
const known = new Map<string, { state: string; hash: string }>();

/**
 * The SHA-256 of a file in 64 hexadecimal digits. A file that has not changed
 * since this process hashed it is not read again.
 *
 * @throws {Deno.errors.NotFound} If there is no such file.
 */
export async function hashFile(path: string): Promise<string> {
  const real = await Deno.realPath(path);
  using file = await Deno.open(real);
  // What changes when a file is written to or replaced.
  const { size, mtime, ctime, dev, ino } = await file.stat();
  const state = [size, mtime?.getTime(), ctime?.getTime(), dev, ino].join("/");
  const earlier = known.get(real);
  if (earlier?.state === state) return earlier.hash;
  const digest = createHash("sha256");
  const chunk = new Uint8Array(CHUNK_BYTES);
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
 */
export async function hashInput(path: string): Promise<string> {
  if (!(await Deno.stat(path)).isDirectory) return await hashFile(path);
  const folder = path.replace(/(?<=.)[/\\]+$/, "");
  const names: string[] = [];
  for await (const file of walk(folder)) {
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
