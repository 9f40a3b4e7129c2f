/**
 * A stage's folder, written completely or not at all. A stage writes into
 * `.cnn.partial-…`; when it has finished, the earlier `cnn` is moved to
 * `.cnn.old`, the new one takes its place, and the old one is removed. At
 * every moment one of the two is there, and the next command completes or
 * undoes what a crash left half-way.
 */

import { InputError } from "../cli/errors.ts";
import { byCodeUnit } from "../cli/text.ts";
import {
  exists,
  kindOf,
  makeFolder,
  removeEmpty,
  removeTree,
  walk,
} from "./files.ts";
import { clearCheckpoints } from "./checkpoint_store.ts";
import { heldError, type Lock, releaseLock, takeLock } from "./lock.ts";
import { RECORD_FILE } from "./record.ts";
import { partialPrefix, pathsWithPrefix, stagePaths } from "./run_paths.ts";

/** Within a partial folder: files that go into the run's own folder. */
const BESIDE = ".beside";

/**
 * Milliseconds for which a held lock is tried again: another command that has
 * just been given holds each stage's lock while it puts right what a crash
 * left, and runs none of them.
 */
const LOCK_TIMEOUT_MS = 250;

/** Milliseconds between two tries. */
const PAUSE = 25;

/** A stage's folder while the stage runs. One process at a time holds it. */
export class StageFolder {
  private constructor(
    readonly runFolder: string,
    readonly stage: string,
    /** The temporary folder that the stage writes into. */
    readonly path: string,
    private readonly lock: Lock,
    private readonly made: readonly string[],
  ) {}

  /**
   * Makes the temporary folder, after putting right what a crash left.
   *
   * @param command The command that runs the stage, named to any other that
   * would run it meanwhile.
   * @throws {RunError} If another process is running this stage in this run.
   * @throws {InputError} If the place is taken by a folder of someone else.
   */
  static async open(
    runFolder: string,
    stage: string,
    command = "",
  ): Promise<StageFolder> {
    const made = await makeFolder(runFolder);
    const lockFile = stagePaths(runFolder, stage).lock;
    const lock = await waitForLock(lockFile, command);
    if (lock === undefined) {
      throw await heldError(
        lockFile,
        `Cannot run ${stage}: another command is running it in ${runFolder}`,
      );
    }
    try {
      await recoverFolder(runFolder, stage);
      await checkStageFolder(runFolder, stage);
      const path = await Deno.makeTempDir({
        dir: runFolder,
        prefix: partialPrefix(stage),
      });
      await Deno.chmod(path, 0o755).catch(() => {});
      return new StageFolder(runFolder, stage, path, lock, made);
    } catch (error) {
      await releaseLock(lock);
      await removeEmpty(made);
      throw error;
    }
  }

  /** Writes a file that `commit` puts into the run's own folder. */
  async writeBeside(name: string, text: string): Promise<void> {
    if (name.includes("/") || name.startsWith(".")) {
      throw new Error(
        `Cannot write ${name} beside the stages: the name should be a bare one`,
      );
    }
    await Deno.mkdir(`${this.path}/${BESIDE}`, { recursive: true });
    await Deno.writeTextFile(`${this.path}/${BESIDE}/${name}`, text);
  }

  /**
   * Every file made so far, but for the record: its name as the record lists
   * it (`history.csv`, `../report.md`) and its path, sorted by name.
   */
  async files(): Promise<{ name: string; path: string }[]> {
    const beside = `${this.path}/${BESIDE}/`;
    const files: { name: string; path: string }[] = [];
    for await (const path of walk(this.path)) {
      const name = path.startsWith(beside)
        ? `../${path.slice(beside.length)}`
        : path.slice(this.path.length + 1);
      if (name !== RECORD_FILE) files.push({ name, path });
    }
    return files.sort((a, b) => byCodeUnit(a.name, b.name));
  }

  /** Puts the folder into its place. The earlier one is gone after this. */
  async commit(): Promise<void> {
    const { folder, old } = stagePaths(this.runFolder, this.stage);
    // It marks the folder until all that follows from it is done.
    await Deno.mkdir(`${this.path}/${BESIDE}`, { recursive: true });
    if (await exists(folder)) await Deno.rename(folder, old);
    await Deno.rename(this.path, folder);
    await finishCommit(this.runFolder, this.stage);
    await removeTree(old);
    await releaseLock(this.lock);
  }

  /** Removes the temporary folder; what was there before is untouched. */
  async discard(): Promise<void> {
    await removeTree(this.path);
    await releaseLock(this.lock);
    await removeEmpty(this.made);
  }
}

/**
 * Puts right what a crash left of a stage: an unfinished folder is removed, a
 * swap that stopped half-way is undone or completed. Does nothing while
 * another process runs the stage.
 *
 * @param runFolder The run's folder; it need not be there.
 */
export async function recoverStage(
  runFolder: string,
  stage: string,
): Promise<void> {
  if (!await isLeftover(runFolder, stage)) return;
  await whileLocked(runFolder, stage, () => recoverFolder(runFolder, stage));
}

/** {@linkcode recoverStage} that removes the checkpoints of a stage, too. */
export async function cleanStage(
  runFolder: string,
  stage: string,
): Promise<void> {
  await whileLocked(runFolder, stage, async () => {
    await recoverFolder(runFolder, stage);
    await clearCheckpoints(runFolder, stage);
  });
}

/** Works on a stage that no other process runs; does nothing if one does. */
async function whileLocked(
  runFolder: string,
  stage: string,
  work: () => Promise<void>,
): Promise<void> {
  const lock = await takeLock(stagePaths(runFolder, stage).lock);
  if (lock === undefined) return;
  try {
    await work();
  } finally {
    await releaseLock(lock);
  }
}

async function isLeftover(runFolder: string, stage: string): Promise<boolean> {
  if (!await exists(runFolder)) return false;
  const { folder, old, lock } = stagePaths(runFolder, stage);
  for (const path of [`${folder}/${BESIDE}`, old, lock]) {
    if (await exists(path)) return true;
  }
  const partial = await pathsWithPrefix(runFolder, partialPrefix(stage));
  return partial.length > 0;
}

/** Called by the lock's holder only, so every partial folder is an orphan. */
async function recoverFolder(runFolder: string, stage: string): Promise<void> {
  const { folder, old } = stagePaths(runFolder, stage);
  if (await exists(old) && !await exists(folder)) {
    await Deno.rename(old, folder);
  }
  await finishCommit(runFolder, stage);
  await removeTree(old);
  for (const path of await pathsWithPrefix(runFolder, partialPrefix(stage))) {
    await removeTree(path);
  }
}

/**
 * Moves the files that a folder in its place holds for the run's own folder,
 * and forgets the checkpoints that it was made of.
 */
async function finishCommit(runFolder: string, stage: string): Promise<void> {
  const { folder } = stagePaths(runFolder, stage);
  const beside = `${folder}/${BESIDE}`;
  // A link would have this move files from elsewhere.
  for (const path of [folder, beside]) {
    if (await kindOf(path) !== "folder") return;
  }
  for await (const { name, isFile } of Deno.readDir(beside)) {
    if (isFile) await Deno.rename(`${beside}/${name}`, `${runFolder}/${name}`);
  }
  await clearCheckpoints(runFolder, stage);
  await removeTree(beside);
}

/**
 * Refuses to replace a folder that no stage wrote.
 *
 * @throws {InputError} If there is one.
 */
export async function checkStageFolder(
  runFolder: string,
  stage: string,
): Promise<void> {
  const target = stagePaths(runFolder, stage).folder;
  if (!await exists(target) || await exists(`${target}/${RECORD_FILE}`)) return;
  try {
    for await (const _ of Deno.readDir(target)) {
      throw new InputError(
        `Cannot write ${target}: it is there already and holds no ${RECORD_FILE}, so no stage made it`,
        "move it away, or give another --run",
      );
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotADirectory)) throw error;
    throw new InputError(
      `Cannot write ${target}: a file stands where the stage's folder should be`,
      "move it away, or give another --run",
    );
  }
}

/** Takes a lock as soon as it is free, if that is soon. */
async function waitForLock(
  path: string,
  command: string,
): Promise<Lock | undefined> {
  const end = performance.now() + LOCK_TIMEOUT_MS;
  for (;;) {
    const lock = await takeLock(path, command);
    if (lock !== undefined || performance.now() >= end) return lock;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
