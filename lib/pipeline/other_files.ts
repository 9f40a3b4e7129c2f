/** The files that may be read together with one that a user names. */

import { dirname, join, resolve } from "node:path";
import { InputError } from "../cli/errors.ts";
import { escapeControls } from "../cli/text.ts";
import { hashFile, stateOf } from "../store/hash.ts";

/** More files than any study has: it is some other folder. */
const MOST = 200_000;
/** Files that are looked at together. */
const TOGETHER = 256;
/**
 * Milliseconds after which every further change shows in a file's times, which
 * the system may tell in whole seconds.
 */
const TIMES_TELL_AFTER = 2000;
/** Bytes of the largest file of names, or of one sample. */
const LARGEST_HASHED = 1 << 28;

/** A file before it is read. */
export interface OtherFile {
  readonly state: string;
  /** Its SHA-256, if it was changed so lately that its times may not tell. */
  readonly hash?: string;
}

/**
 * How the files are below a folder, or beside a file. Links count as
 * what they lead to.
 *
 * @returns By their resolved paths; none if the folder cannot be read.
 * @throws {InputError} If a folder that is named holds more than 200,000.
 */
export async function listOthers(
  path: string,
): Promise<ReadonlyMap<string, OtherFile>> {
  const isFolder = await Deno.stat(path)
    .then((info) => info.isDirectory, () => false);
  const files: string[] = [];
  const folder = resolve(isFolder ? path : dirname(resolve(path)));
  for await (const file of filesIn(folder, isFolder)) {
    files.push(file);
    if (files.length > MOST && isFolder) {
      throw new InputError(
        `Cannot read ${escapeControls(path)}: it holds more than 200,000 files`,
        "Give a folder with nothing but the samples",
      );
    }
  }
  const others = new Map<string, OtherFile>();
  for (let start = 0; start < files.length; start += TOGETHER) {
    await Promise.all(
      files.slice(start, start + TOGETHER).map(async (file) => {
        const other = await look(file).catch(() => undefined);
        if (other !== undefined) others.set(file, other);
      }),
    );
  }
  return others;
}

async function look(path: string): Promise<OtherFile> {
  const info = await Deno.stat(path);
  const state = stateOf(info);
  const { mtime, ctime, size, isFile } = info;
  const changed = Math.max(mtime?.getTime() ?? 0, ctime?.getTime() ?? 0);
  return isFile && size <= LARGEST_HASHED &&
      Date.now() - changed < TIMES_TELL_AFTER
    ? { state, hash: await hashFile(path, { fresh: true }) }
    : { state };
}

/** The files of a folder; `around` are the folders that lead to it. */
async function* filesIn(
  folder: string,
  isDeep: boolean,
  around: readonly string[] = [],
): AsyncGenerator<string> {
  const real = await Deno.realPath(folder).catch(() => undefined);
  // A link to a folder around itself has no end.
  if (real === undefined || around.includes(real)) return;
  let entries: Deno.DirEntry[];
  try {
    entries = await Array.fromAsync(Deno.readDir(folder));
  } catch {
    return;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const isFolder = entry.isDirectory ||
      entry.isSymlink && await Deno.stat(path)
          .then((info) => info.isDirectory, () => false);
    if (!isFolder) yield path;
    else if (isDeep) yield* filesIn(path, isDeep, [...around, real]);
  }
}
