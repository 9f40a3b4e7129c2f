/** What interrupted commands have left of a run. Links are never followed. */

import { byCodeUnit } from "../cli/text.ts";
import { exists, kindOf, removeTree, walk } from "./files.ts";
import { isLocked } from "./lock.ts";
import { cleanStage } from "./stage_folder.ts";
import { partialPrefix, pathsWithPrefix, stagePaths } from "./stage_paths.ts";

export interface Leftover {
  readonly path: string;
  readonly bytes: number;
  readonly what: string;
  /** Whether a command that runs now needs it. */
  readonly isInUse: boolean;
}

/** What a run's folder is searched for. */
export interface RunNames {
  readonly runFolder: string;
  readonly stages: readonly string[];
  /** The name of the run's own config file. */
  readonly configFile: string;
  /** The name of the run's own lock. */
  readonly lockFile: string;
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

/** Lists what interrupted commands have left in and beside a run's folder. */
export async function listLeftovers(
  { runFolder, stages, configFile, lockFile }: RunNames,
): Promise<Leftover[]> {
  const found: Leftover[] = [];
  const isBusy = await isLocked(`${runFolder}/${lockFile}`);
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
  await add("file", `${runFolder}/${lockFile}`, "a lock");
  const configs = await pathsWithPrefix(runFolder, `.${configFile}.partial-`);
  for (const path of configs) {
    await add("file", path, `a part of ${configFile}`);
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
 * What a crash left half-way is completed or undone first.
 */
export async function removeLeftovers(names: RunNames): Promise<void> {
  const { runFolder, stages } = names;
  for (const stage of stages) await cleanStage(runFolder, stage);
  // Whoever calls this holds the run's own lock.
  const rest = { ...names, stages: [], lockFile: "" };
  for (const { path, isInUse } of await listLeftovers(rest)) {
    if (!isInUse) await removeTree(path);
  }
}

async function sizeOf(path: string): Promise<number> {
  const { isFile, size } = await Deno.lstat(path);
  if (isFile) return size;
  let bytes = 0;
  for await (const file of walk(path)) bytes += (await Deno.lstat(file)).size;
  return bytes;
}
