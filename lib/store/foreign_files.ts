/** What lies in a stage's folder and was not written by the stage. */

import { byCodeUnit } from "../cli/text.ts";
import { walk } from "./files.ts";
import { RECORD_FILE, type StageRecord } from "./record.ts";
import { BESIDE } from "./run_paths.ts";
import { isOfTheSystem, mayWrite, type StageFiles } from "./stage_files.ts";

/**
 * The files in a stage's folder that the stage did not write, by their paths
 * from there, sorted.
 *
 * @param record The stage's record. Where it is lost, what the stage may write
 * counts as its own.
 */
export async function foreignFiles(
  folder: string,
  stage: StageFiles,
  record: StageRecord | undefined,
): Promise<string[]> {
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
  return foreign.sort(byCodeUnit);
}
