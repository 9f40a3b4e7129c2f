/**
 * Files and folders brought onto the disk, so that they outlive a machine that
 * loses its power. What a file system cannot do is left out.
 */

import { dirname } from "node:path";
import { removeTree, walk } from "./files.ts";
import { isUnsupported } from "./unsupported.ts";

/** Brings a file's bytes onto the disk. */
export async function syncFile(path: string): Promise<void> {
  // Windows flushes only what is open for writing.
  using file = await Deno.open(path, { read: true, write: true });
  await file.syncData().catch(ignoreUnsupported);
}

/** Brings the bytes of an open file onto the disk. */
export function syncOpenFile(file: Deno.FsFile): void {
  try {
    file.syncDataSync();
  } catch (error) {
    ignoreUnsupported(error);
  }
}

/** Brings the names in a folder onto the disk. */
export async function syncFolder(path: string): Promise<void> {
  // Windows opens no folders, and keeps their names by itself.
  if (Deno.build.os === "windows") return;
  using folder = await Deno.open(path);
  await folder.sync().catch(ignoreUnsupported);
}

/** Brings a folder with all its files onto the disk. */
export async function syncTree(folder: string): Promise<void> {
  const folders = new Set([folder]);
  for await (const path of walk(folder)) {
    await syncFile(path);
    for (
      let around = path.slice(0, path.lastIndexOf("/"));
      !folders.has(around);
      around = around.slice(0, around.lastIndexOf("/"))
    ) folders.add(around);
  }
  for (const each of folders) await syncFolder(each);
}

/** Brings the names of folders onto the disk that have just been made. */
export async function syncMade(folders: readonly string[]): Promise<void> {
  for (const folder of folders) await syncFolder(dirname(folder));
}

/** Writes a text file so that a crash leaves the earlier one or this one. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const slash = path.lastIndexOf("/");
  const partial = await Deno.makeTempFile({
    dir: path.slice(0, slash),
    prefix: `.${path.slice(slash + 1)}.partial-`,
  });
  try {
    await Deno.chmod(partial, 0o644).catch(() => {});
    await Deno.writeTextFile(partial, text);
    await syncFile(partial);
    await Deno.rename(partial, path);
    await syncFolder(path.slice(0, slash));
  } catch (error) {
    await removeTree(partial);
    throw error;
  }
}

/** A full disk or a broken one is no reason to go on. */
function ignoreUnsupported(error: unknown): void {
  const isInvalid = (error as { code?: unknown } | null)?.code === "EINVAL";
  if (!isInvalid && !isUnsupported(error)) throw error;
}
