/** What interrupted commands have left of a run. Links are never followed. */

import { byCodeUnit } from "../cli/text.ts";
import { exists, kindOf, removeTree, walk } from "./files.ts";
import { isLocked } from "./lock.ts";
import { cleanStage } from "./stage_folder.ts";
import {
  CONFIG_FILE,
  partialPrefix,
  pathsWithPrefix,
  RUN_LOCK,
  stagePaths,
} from "./run_paths.ts";

export interface Leftover {
  readonly path: string;
  readonly bytes: number;
  readonly what: string;
  /** Whether a command that runs now needs it. */
  readonly isInUse: boolean;
}

/** The folder beside a run in which it is made again to be compared. */
export function scratchFolder(runFolder: string): string {
  const slash = runFolder.lastIndexOf("/");
  return `${runFolder.slice(0, slash + 1)}.verify-${
    runFolder.slice(slash + 1)
  }`;
}

/** The file by which one process at a time uses a scratch folder. */
export function scratchLock(runFolder: string): string {
  return `${scratchFolder(runFolder)}/lock`;
}

/**
 * Lists what interrupted commands have left in and beside a run's folder.
 *
 * @param isMine Whether the caller holds the run's own lock.
 */
export async function listLeftovers(
  runFolder: string,
  stages: readonly string[],
  isMine = false,
): Promise<Leftover[]> {
  const found: Leftover[] = [];
  const runLock = `${runFolder}/${RUN_LOCK}`;
  const isBusy = !isMine && await isLocked(runLock);
  const add = async (
    kind: "file" | "folder",
    path: string,
    what: string,
    lock?: string,
  ) => {
    if (await kindOf(path) !== kind) return;
    const isInUse = isBusy || lock !== undefined && await isLocked(lock);
    found.push({ path, bytes: await sizeOf(path), what, isInUse });
  };
  if (!isMine) await add("file", runLock, "a lock");
  const configs = await pathsWithPrefix(runFolder, `.${CONFIG_FILE}.partial-`);
  for (const path of configs) {
    await add("file", path, `a part of ${CONFIG_FILE}`);
  }
  for (const stage of stages) {
    const { folder, old, lock, kept } = stagePaths(runFolder, stage);
    await add("file", lock, "a lock", lock);
    const checkpoints = `checkpoints: ${stage} would go on from them`;
    await add("folder", kept, checkpoints, lock);
    const putBack = await exists(folder) ? "" : ": it is put back";
    await add("folder", old, `the earlier ${stage}${putBack}`, lock);
    for (const path of await pathsWithPrefix(runFolder, partialPrefix(stage))) {
      await add("folder", path, `a part of ${stage}`, lock);
    }
  }
  await add(
    "folder",
    scratchFolder(runFolder),
    "a comparison by verify",
    scratchLock(runFolder),
  );
  return found.sort((a, b) => b.bytes - a.bytes || byCodeUnit(a.path, b.path));
}

/**
 * Removes what {@linkcode listLeftovers} lists and no running command needs.
 * What a crash left half-way is completed or undone first. The caller holds
 * the run's own lock.
 */
export async function removeLeftovers(
  runFolder: string,
  stages: readonly string[],
): Promise<void> {
  for (const stage of stages) await cleanStage(runFolder, stage);
  for (const { path, isInUse } of await listLeftovers(runFolder, [], true)) {
    if (!isInUse) await removeTree(path);
  }
}

async function sizeOf(path: string): Promise<number> {
  let bytes = 0;
  try {
    const { isFile, size } = await Deno.lstat(path);
    if (isFile) return size;
    for await (const file of walk(path)) bytes += (await Deno.lstat(file)).size;
  } catch (error) {
    // A running command removes its own files meanwhile.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return bytes;
}
