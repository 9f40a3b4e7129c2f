/** Keeps a stage from replacing what it did not write. */

import { InputError } from "../cli/errors.ts";
import { quoteForShell } from "../cli/shell.ts";
import { countOf, escapeControls } from "../cli/text.ts";
import { exists, freePath, isBlank, kindOf } from "./files.ts";
import { foreignFiles } from "./foreign_files.ts";
import { hashFile } from "./hash.ts";
import { readRecord, type StageRecord } from "./record.ts";
import { BESIDE, stagePaths } from "./run_paths.ts";
import { namesBeside, type StageFiles } from "./stage_files.ts";

/**
 * Refuses to make a stage whose folder holds a file that the stage did not
 * write, which would be removed with the folder, and one that would replace a
 * file beside the folders that is not as the stage wrote it.
 *
 * @throws {InputError} If there is such a file.
 */
export async function checkStageFolder(
  runFolder: string,
  stage: StageFiles,
): Promise<void> {
  const record = await readRecord(runFolder, stage.name)
    .catch(() => undefined);
  await checkInside(runFolder, stage, record);
  await checkBeside(runFolder, stage, record);
}

async function checkInside(
  runFolder: string,
  stage: StageFiles,
  record: StageRecord | undefined,
): Promise<void> {
  const { folder } = stagePaths(runFolder, stage.name);
  if (await kindOf(folder) !== "folder") return;
  const foreign = await foreignFiles(folder, stage, record);
  if (foreign.length === 0) return;
  const [first] = foreign;
  const more = foreign.length - 1;
  throw new InputError(
    `Cannot make ${stage.name} again: ${
      escapeControls(`${folder}/${first}`)
    } was not written by it and would be removed` +
      (more === 0 ? "" : `, and so would ${countOf(more, "other file")}`),
    `move it out of ${escapeControls(folder)}, or give another --run`,
  );
}

async function checkBeside(
  runFolder: string,
  stage: StageFiles,
  record: StageRecord | undefined,
): Promise<void> {
  const { folder, old } = stagePaths(runFolder, stage.name);
  // The next command that writes first completes what a crash left half-way.
  if (await exists(old) || await exists(`${folder}/${BESIDE}`)) return;
  const changed: { path: string; isRecorded: boolean }[] = [];
  for (const name of namesBeside([stage])) {
    const path = `${runFolder}/${name}`;
    const recorded = record?.outputs[`../${name}`];
    if (
      await kindOf(path) !== "file" || await isBlank(path) ||
      await hashFile(path) === recorded
    ) continue;
    changed.push({ path, isRecorded: recorded !== undefined });
  }
  if (changed.length === 0) return;
  const [{ path, isRecorded }] = changed;
  const more = changed.length - 1;
  const moves: string[] = [];
  for (const { path } of changed) moves.push(await moveAway(runFolder, path));
  throw new InputError(
    `Cannot make ${stage.name}${record === undefined ? "" : " again"}: ${
      escapeControls(path)
    } ${
      isRecorded ? "was changed by hand" : "is in no record of a stage"
    } and would be replaced` +
      (more === 0 ? "" : `, and so would ${countOf(more, "other file")}`),
    moves.join(" && "),
  );
}

/** The command that moves a file out of the run's folder, to a free name. */
async function moveAway(runFolder: string, path: string): Promise<string> {
  const name = path.slice(runFolder.length + 1);
  const words = [path, await freePath(`${runFolder}-${name}`)];
  return [
    "mv",
    // A word that begins with a dash would be read as a flag.
    ...words.map((word) =>
      quoteForShell(word.startsWith("-") ? `./${word}` : word)
    ),
  ].join(" ");
}
