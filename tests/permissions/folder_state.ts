/** What is in a folder, so that a later look tells what was changed. */

import { join, relative } from "node:path";

/**
 * The state of every file, folder and link below a folder. A file that was
 * written again, even with the same content, has another state.
 *
 * @param folder The folder.
 * @param isLeftOut Whether what is at this path in it is not to be looked at.
 * @returns By its path within the folder, with `/` between the names.
 */
export async function stateOf(
  folder: string,
  isLeftOut: (path: string) => boolean = () => false,
): Promise<Map<string, string>> {
  const states = new Map<string, string>();
  const pending = [folder];
  for (const from of pending) {
    for await (const entry of Deno.readDir(from)) {
      const path = join(from, entry.name);
      const name = relative(folder, path).replaceAll("\\", "/");
      if (isLeftOut(name)) continue;
      if (entry.isDirectory) pending.push(path);
      states.set(name, await describe(path, entry));
    }
  }
  return states;
}

/** A folder's times are left out: its entries are in the state themselves. */
async function describe(path: string, entry: Deno.DirEntry): Promise<string> {
  if (entry.isSymlink) return `link to ${await Deno.readLink(path)}`;
  if (entry.isDirectory) return "folder";
  const { size, mode, ino, mtime, ctime } = await Deno.stat(path);
  return [size, mode, ino, mtime?.getTime(), ctime?.getTime()].join(" ");
}

/** The paths at which two states differ, sorted. */
export function changedPaths(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .sort();
}
