/**
 * A stage's folder, written completely or not at all. A stage writes into
 * `.cnn.partial-…`; when it has finished, the earlier `cnn` is moved to
 * `.cnn.old`, the new one takes its place, and the old one is removed. At
 * every moment one of the two is there, and the next command completes or
 * undoes what a crash left half-way.
 */

import { byCodeUnit } from "../cli/text.ts";
import { clearCheckpoints } from "./checkpoint_store.ts";
import { exists, kindOf, makeFolder, removeTree, walk } from "./files.ts";
import { isOutputName, RECORD_FILE } from "./record.ts";
import {
  BESIDE,
  partialPrefix,
  pathsWithPrefix,
  stagePaths,
} from "./run_paths.ts";
import { isOfTheSystem } from "./stage_files.ts";
import { syncFolder, syncTree } from "./sync.ts";

/** A stage's folder while the stage runs. The run's lock keeps others out. */
export class StageFolder {
  private constructor(
    readonly runFolder: string,
    readonly stage: string,
    /** The temporary folder that the stage writes into. */
    readonly path: string,
  ) {}

  /** Makes the temporary folder, after putting right what a crash left. */
  static async open(runFolder: string, stage: string): Promise<StageFolder> {
    await makeFolder(runFolder);
    await recoverStage(runFolder, stage);
    const path = await Deno.makeTempDir({
      dir: runFolder,
      prefix: partialPrefix(stage),
    });
    await Deno.chmod(path, 0o755).catch(() => {});
    return new StageFolder(runFolder, stage, path);
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
      if (name === RECORD_FILE || isOfTheSystem(name)) continue;
      if (!isOutputName(name)) {
        throw new Error(
          `Cannot record ${name} of ${this.stage}: its name should be a bare one`,
        );
      }
      files.push({ name, path });
    }
    return files.sort((a, b) => byCodeUnit(a.name, b.name));
  }

  /** Puts the folder into its place. The earlier one is gone after this. */
  async commit(): Promise<void> {
    const { folder, old } = stagePaths(this.runFolder, this.stage);
    // It marks the folder until all that follows from it is done.
    await Deno.mkdir(`${this.path}/${BESIDE}`, { recursive: true });
    await syncTree(this.path);
    if (await exists(folder)) await Deno.rename(folder, old);
    await Deno.rename(this.path, folder);
    await syncFolder(this.runFolder);
    await finishCommit(this.runFolder, this.stage);
    await removeTree(old);
  }

  /** Removes the temporary folder; what was there before is untouched. */
  async discard(): Promise<void> {
    await removeTree(this.path);
  }
}

/**
 * Puts right what a crash left of a stage: an unfinished folder is removed, a
 * swap that stopped half-way is undone or completed. Called by the holder of
 * the run's lock only, so every partial folder is an orphan.
 */
export async function recoverStage(
  runFolder: string,
  stage: string,
): Promise<void> {
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
  await syncFolder(runFolder);
  await clearCheckpoints(runFolder, stage);
  await removeTree(beside);
}
