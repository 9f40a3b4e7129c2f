/**
 * Whether calls of the system came in an order that a loss of power cannot
 * harm: what takes the place of something else was on the disk before.
 */

import type { Made } from "./preload.ts";

/** What was found in a log. */
export interface SyncOrder {
  /** Renames that were looked at. */
  readonly renames: number;
  /** Files and folders that were brought to the disk. */
  readonly syncs: number;
  readonly problems: readonly string[];
}

/**
 * Checks that each file, and each folder, was synced before it or the folder
 * around it was renamed, and that a rename was on the disk before an earlier
 * folder or the checkpoints that it makes needless were removed.
 *
 * @param calls All calls below a run's folder, in their order.
 */
export function checkSyncOrder(calls: readonly Made[]): SyncOrder {
  /** What has changed since it was synced; of a folder, its entries. */
  const dirty = new Set<string>();
  /** Folders in which something was renamed since they were synced. */
  const renamedIn = new Set<string>();
  const problems: string[] = [];
  let [renames, syncs] = [0, 0];
  for (const { call, path, to } of calls) {
    const folder = folderOf(path);
    if (call === "create") {
      dirty.add(path).add(folder);
    } else if (call === "write") {
      dirty.add(path);
    } else if (call === "mkdir") {
      dirty.add(folder);
    } else if (call === "fsync") {
      syncs++;
      dirty.delete(path);
      renamedIn.delete(path);
    } else if (call === "rename") {
      renames++;
      for (const name of [...dirty]) {
        if (name !== path && !name.startsWith(`${path}/`)) continue;
        if (!isEarlier(to)) {
          problems.push(`${shorten(name)} was not synced before its rename`);
        }
        dirty.delete(name);
      }
      dirty.add(folderOf(to));
      renamedIn.add(folderOf(to));
    } else if ((call === "unlink" || call === "rmdir") && isNeeded(path)) {
      if (renamedIn.has("")) {
        problems.push(
          `${shorten(path)} was removed before the rename was synced`,
        );
        // Once for each folder, not for each file in it.
        renamedIn.delete("");
      }
    }
  }
  return { renames, syncs, problems };
}

/** Whether it is what a stage was before it was made again. */
function isEarlier(path: string): boolean {
  return /^\/\.\w+\.old$/.test(path);
}

/** Whether something would be lost if it were gone and its successor, too. */
function isNeeded(path: string): boolean {
  return /^\/\.\w+\.(old|kept)\//.test(path) && !path.endsWith(".partial");
}

/** Names without the digits that are drawn. */
function shorten(path: string): string {
  return path.slice(1).replace(/\.partial-[0-9a-z]+/, ".partial");
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}
