/** What interrupted commands have left of a run. Links are never followed. */

import { byCodeUnit } from "../cli/text.ts";
import { clearCheckpoints } from "./checkpoint_store.ts";
import { exists, kindOf, removeTree, walk } from "./files.ts";
import { isLocked } from "./lock.ts";
import {
  CONFIG_FILE,
  CONFIG_PARTS,
  partialPrefix,
  pathsWithPrefix,
  RUN_LOCK,
  stagePaths,
} from "./run_paths.ts";
import type { StageFiles } from "./stage_files.ts";
import { recoverStage } from "./stage_folder.ts";

export interface Leftover {
  readonly path: string;
  readonly bytes: number;
  readonly what: string;
  /** Whether a command that runs now needs it. */
  readonly isInUse: boolean;
}

/** How the names of folders begin in which runs are made again. */
export const SCRATCH_PREFIX = ".verify-";

/** The folder beside a run in which it is made again to be compared. */
export function scratchFolder(runFolder: string): string {
  const slash = runFolder.lastIndexOf("/");
  const around = runFolder.slice(0, slash + 1);
  return `${around}${SCRATCH_PREFIX}${runFolder.slice(slash + 1)}`;
}

/** The folder within a scratch folder that holds what is made. */
export const SCRATCH_RUN = "run";

const SCRATCH_LOCK = "lock";

/** The file by which one process at a time uses a scratch folder. */
export function scratchLock(runFolder: string): string {
  return `${scratchFolder(runFolder)}/${SCRATCH_LOCK}`;
}

/** The first name in a scratch folder that no command has made, if any. */
export async function findForeignInScratch(
  scratch: string,
): Promise<string | undefined> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(scratch)) names.push(name);
  for (const name of names.sort(byCodeUnit)) {
    const kind = await kindOf(`${scratch}/${name}`);
    const isOwn = kind === undefined ||
      name === SCRATCH_RUN && kind === "folder" ||
      name === SCRATCH_LOCK && kind === "file";
    if (!isOwn) return name;
  }
}

/**
 * Lists what interrupted commands have left in and beside a run's folder. That
 * need not be there: a comparison may be left of a run that was removed.
 *
 * @param isMine Whether the caller holds the run's own lock.
 */
export async function listLeftovers(
  runFolder: string,
  stages: readonly string[],
  isMine = false,
): Promise<Leftover[]> {
  const found: Leftover[] = [];
  const add = async (
    kind: "file" | "folder",
    path: string,
    what: string,
    isInUse: boolean,
  ) => {
    if (await kindOf(path) !== kind) return;
    found.push({ path, bytes: await sizeOf(path), what, isInUse });
  };
  if (await exists(runFolder)) {
    const runLock = `${runFolder}/${RUN_LOCK}`;
    const isBusy = !isMine && await isLocked(runLock);
    const addOwn = (kind: "file" | "folder", path: string, what: string) =>
      add(kind, path, what, isBusy);
    if (!isMine) await addOwn("file", runLock, "a lock");
    for (const path of await pathsWithPrefix(runFolder, CONFIG_PARTS)) {
      await addOwn("file", path, `a part of ${CONFIG_FILE}`);
    }
    for (const stage of stages) {
      const { folder, old, lock, kept } = stagePaths(runFolder, stage);
      await addOwn("file", lock, "a lock of an earlier version");
      const checkpoints = `checkpoints: ${stage} would go on from them`;
      await addOwn("folder", kept, checkpoints);
      const putBack = await exists(folder) ? "" : ": it is put back";
      await addOwn("folder", old, `the earlier ${stage}${putBack}`);
      const parts = partialPrefix(stage);
      for (const path of await pathsWithPrefix(runFolder, parts)) {
        await addOwn("folder", path, `a part of ${stage}`);
      }
    }
  }
  const isVerified = await isLocked(scratchLock(runFolder));
  const scratch = scratchFolder(runFolder);
  // Verify does not touch one that holds anything else, and nor does this.
  if (
    await kindOf(scratch) === "folder" &&
    await findForeignInScratch(scratch) === undefined
  ) await add("folder", scratch, "a comparison by verify", isVerified);
  return found.sort((a, b) => b.bytes - a.bytes || byCodeUnit(a.path, b.path));
}

/** Removes unfinished parts of the run's values. The caller holds its lock. */
export async function removeConfigParts(runFolder: string): Promise<void> {
  for (const path of await pathsWithPrefix(runFolder, CONFIG_PARTS)) {
    await removeTree(path);
  }
}

/**
 * Removes what {@linkcode listLeftovers} lists and no running command needs.
 * What a crash left half-way is completed or undone first. The caller holds
 * the run's own lock.
 */
export async function removeLeftovers(
  runFolder: string,
  stages: readonly StageFiles[],
): Promise<void> {
  for (const stage of stages) {
    await recoverStage(runFolder, stage);
    await clearCheckpoints(runFolder, stage.name);
  }
  const names = stages.map(({ name }) => name);
  for (const found of await listLeftovers(runFolder, names, true)) {
    if (!found.isInUse) await removeTree(found.path);
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
