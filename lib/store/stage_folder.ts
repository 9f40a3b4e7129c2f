/**
 * A stage's folder, written completely or not at all. A stage writes into
 * `.cnn.partial-…`; when it has finished, the earlier `cnn` is moved to
 * `.cnn.old`, the new one takes its place, and the old one is removed. At
 * every moment one of the two is there, and the next command completes or
 * undoes what a crash left half-way.
 */

import { byCodeUnit } from "../cli/text.ts";
import { clearCheckpoints } from "./checkpoint_store.ts";
import {
  exists,
  freePath,
  isBlank,
  kindOf,
  makeFolder,
  removeTree,
  walk,
} from "./files.ts";
import { foreignFiles } from "./foreign_files.ts";
import { hashFile } from "./hash.ts";
import { isOutputName, readRecord, RECORD_FILE } from "./record.ts";
import {
  BESIDE,
  partialPrefix,
  pathsWithPrefix,
  stagePaths,
  TIMINGS_FILE,
} from "./run_paths.ts";
import { isOfTheSystem, namesBeside, type StageFiles } from "./stage_files.ts";
import { syncFolder, syncMade, syncTree } from "./sync.ts";

/** A stage's folder while the stage runs. The run's lock keeps others out. */
export class StageFolder {
  private constructor(
    readonly runFolder: string,
    readonly stage: StageFiles,
    /** The temporary folder that the stage writes into. */
    readonly path: string,
    private readonly durable: boolean,
  ) {}

  /**
   * Makes the temporary folder, after putting right what a crash left.
   *
   * @param options Whether the folder is to outlive a loss of power.
   */
  static async open(
    runFolder: string,
    stage: StageFiles,
    { durable = true }: { readonly durable?: boolean } = {},
  ): Promise<StageFolder> {
    const made = await makeFolder(runFolder);
    if (durable) await syncMade(made);
    await recoverStage(runFolder, stage);
    const path = await Deno.makeTempDir({
      dir: runFolder,
      prefix: partialPrefix(stage.name),
    });
    await Deno.chmod(path, 0o755).catch(() => {});
    return new StageFolder(runFolder, stage, path, durable);
  }

  /** Writes a file that `commit` puts into the run's own folder. */
  async writeBeside(name: string, text: string): Promise<void> {
    if (!namesToMove(this.stage).includes(name)) {
      throw new Error(
        `Cannot write ${name} beside the stages: ${this.stage.name} does not declare it`,
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
          `Cannot record ${name} of ${this.stage.name}: its name should be a bare one`,
        );
      }
      files.push({ name, path });
    }
    return files.sort((a, b) => byCodeUnit(a.name, b.name));
  }

  /**
   * Puts the folder into its place. The earlier one is gone after this, but
   * for files that somebody has put into it meanwhile.
   *
   * @returns The paths that these have now.
   */
  async commit(): Promise<string[]> {
    const { runFolder, stage, durable } = this;
    const { folder, old } = stagePaths(runFolder, stage.name);
    // It marks the folder until all that follows from it is done.
    await Deno.mkdir(`${this.path}/${BESIDE}`, { recursive: true });
    if (durable) await syncTree(this.path);
    if (await exists(folder)) await Deno.rename(folder, old);
    await Deno.rename(this.path, folder);
    if (durable) await syncFolder(runFolder);
    await finishCommit(runFolder, stage, durable);
    return await removeEarlier(runFolder, stage);
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
  stage: StageFiles,
): Promise<void> {
  const { folder, old } = stagePaths(runFolder, stage.name);
  if (await exists(old) && !await exists(folder)) {
    await Deno.rename(old, folder);
  }
  await finishCommit(runFolder, stage);
  await removeEarlier(runFolder, stage);
  const parts = partialPrefix(stage.name);
  for (const path of await pathsWithPrefix(runFolder, parts)) {
    await removeTree(path);
  }
}

/**
 * Removes the earlier folder of a stage, after moving what the stage did not
 * write into the new one. Nothing there is replaced by that.
 *
 * @returns The paths of what was moved.
 */
async function removeEarlier(
  runFolder: string,
  stage: StageFiles,
): Promise<string[]> {
  const { folder, old } = stagePaths(runFolder, stage.name);
  const moved: string[] = [];
  if (await kindOf(old) === "folder") {
    const record = await readRecord(runFolder, stage.name, old)
      .catch(() => undefined);
    for (const file of await foreignFiles(old, stage, record)) {
      const path = await freePath(`${folder}/${file}`);
      const around = path.slice(0, path.lastIndexOf("/"));
      await makeFolder(around);
      await Deno.rename(`${old}/${file}`, path);
      await syncFolder(around);
      moved.push(path);
    }
  }
  if (moved.length > 0) await syncFolder(folder);
  await removeTree(old);
  return moved;
}

/**
 * Moves the files that a folder in its place holds for the run's own folder,
 * and forgets the checkpoints that it was made of.
 */
async function finishCommit(
  runFolder: string,
  stage: StageFiles,
  durable = true,
): Promise<void> {
  const { folder } = stagePaths(runFolder, stage.name);
  const beside = `${folder}/${BESIDE}`;
  // A link would have this move files from elsewhere.
  for (const path of [folder, beside]) {
    if (await kindOf(path) !== "folder") return;
  }
  for (const name of namesToMove(stage)) {
    if (await kindOf(`${beside}/${name}`) !== "file") continue;
    const target = `${runFolder}/${name}`;
    if (!await mayReplace(runFolder, stage, name)) {
      await Deno.rename(target, await freePath(target));
    }
    await Deno.rename(`${beside}/${name}`, target);
  }
  if (durable) await syncFolder(runFolder);
  await clearCheckpoints(runFolder, stage.name);
  await removeTree(beside);
}

/** What a stage may write into the run's own folder. */
function namesToMove(stage: StageFiles): string[] {
  return [TIMINGS_FILE, ...namesBeside([stage])];
}

/**
 * Whether a file beside the stages is one that the stage wrote, now or before,
 * so that nothing of somebody else's is lost.
 */
async function mayReplace(
  runFolder: string,
  { name: stage }: StageFiles,
  name: string,
): Promise<boolean> {
  const path = `${runFolder}/${name}`;
  if (name === TIMINGS_FILE || await kindOf(path) !== "file") return true;
  if (await isBlank(path)) return true;
  const hash = await hashFile(path);
  const { folder, old } = stagePaths(runFolder, stage);
  for (const each of [old, folder]) {
    const record = await readRecord(runFolder, stage, each)
      .catch(() => undefined);
    if (record?.outputs[`../${name}`] === hash) return true;
  }
  return false;
}
