/** Keeps a stage from replacing what is none of its own. */

import { InputError } from "../cli/errors.ts";
import { byCodeUnit, countOf, escapeControls } from "../cli/text.ts";
import { kindOf, walk } from "./files.ts";
import { readRecord, RECORD_FILE } from "./record.ts";
import { BESIDE, stagePaths } from "./run_paths.ts";
import { isOfTheSystem, mayWrite, type StageFiles } from "./stage_files.ts";

/**
 * Refuses to make a stage again whose folder holds a file that the stage did
 * not write: with the folder it would be removed. Where its record is lost,
 * what the stage may write counts as its own.
 *
 * @throws {InputError} If there is such a file.
 */
export async function checkStageFolder(
  runFolder: string,
  stage: StageFiles,
): Promise<void> {
  const { folder } = stagePaths(runFolder, stage.name);
  if (await kindOf(folder) !== "folder") return;
  const record = await readRecord(runFolder, stage.name)
    .catch(() => undefined);
  const isOwn = (file: string) =>
    file === RECORD_FILE || file.startsWith(`${BESIDE}/`) ||
    isOfTheSystem(file.slice(file.lastIndexOf("/") + 1)) ||
    (record === undefined
      ? mayWrite(stage, file)
      : Object.hasOwn(record.outputs, file));
  const foreign: string[] = [];
  for await (const path of walk(folder)) {
    const file = path.slice(folder.length + 1);
    if (!isOwn(file)) foreign.push(file);
  }
  if (foreign.length === 0) return;
  const [first] = foreign.sort(byCodeUnit);
  const more = foreign.length - 1;
  throw new InputError(
    `Cannot make ${stage.name} again: ${
      escapeControls(`${folder}/${first}`)
    } ` +
      "is none of its files and would be removed" +
      (more === 0 ? "" : `, like ${countOf(more, "other file")}`),
    `move it out of ${escapeControls(folder)}, or give another --run`,
  );
}
