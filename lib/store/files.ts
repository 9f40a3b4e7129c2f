/** Folders and files: made, walked and removed. */

import { InputError } from "../cli/errors.ts";
import { isMissing } from "../cli/system_error.ts";

/**
 * Makes a folder and the ones around it.
 *
 * @returns The folders that were not there before, innermost first.
 * @throws {InputError} If a file stands in the way.
 */
export async function makeFolder(path: string): Promise<string[]> {
  const missing: string[] = [];
  let folder = path.replace(/(?<=.)\/+$/, "");
  while (folder !== "" && !await exists(folder)) {
    missing.push(folder);
    const slash = folder.lastIndexOf("/");
    if (slash <= 0) break;
    folder = folder.slice(0, slash);
  }
  try {
    await Deno.mkdir(path, { recursive: true });
  } catch (error) {
    if (
      error instanceof Deno.errors.AlreadyExists ||
      error instanceof Deno.errors.NotADirectory
    ) {
      throw new InputError(
        `Cannot write to ${path}: a file stands where a folder should be`,
        "give another --run",
      );
    }
    throw error;
  }
  return missing;
}

/** Removes those of these folders that are empty; innermost come first. */
export async function removeEmpty(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    try {
      await Deno.remove(folder);
    } catch {
      return; // It holds something, and so do the folders around it.
    }
  }
}

/** Every file below a folder. */
export async function* walk(folder: string): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) yield* walk(path);
    else yield path;
  }
}

/** Whether a file, folder or link of that name is there. */
export async function exists(path: string): Promise<boolean> {
  return await kindOf(path) !== undefined;
}

/** What a path may be; a pipe and a socket count as devices. */
export type Kind = "file" | "folder" | "link" | "device";

/** What is of that name, without following it; undefined for nothing. */
export async function kindOf(path: string): Promise<Kind | undefined> {
  try {
    return kindOfEntry(await Deno.lstat(path));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The same of what a folder lists. */
export function kindOfEntry(
  { isFile, isDirectory, isSymlink }: Pick<
    Deno.DirEntry,
    "isFile" | "isDirectory" | "isSymlink"
  >,
): Kind {
  return isFile
    ? "file"
    : isDirectory
    ? "folder"
    : isSymlink
    ? "link"
    : "device";
}

/** The path, or one with a number before its extension that is free. */
export async function freePath(path: string): Promise<string> {
  const [, start, end] = /^(.*?)((?:(?<=[^/])\.[^/.]+)?)$/s.exec(path)!;
  let free = path;
  for (let number = 2; await exists(free); number++) {
    free = `${start}-${number}${end}`;
  }
  return free;
}

/**
 * Whether a file is empty or full of zeros: so is one that was not on the disk
 * yet when the machine lost its power.
 */
export async function isBlank(path: string): Promise<boolean> {
  using file = await Deno.open(path);
  const chunk = new Uint8Array(1 << 16);
  for (;;) {
    const count = await file.read(chunk);
    if (count === null) return true;
    if (chunk.subarray(0, count).some((byte) => byte !== 0)) return false;
  }
}

/** Removes a file or a folder with all it holds, if it is there. */
export async function removeTree(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
