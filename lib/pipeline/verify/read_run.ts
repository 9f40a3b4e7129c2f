/** The records of a run that is to be verified. */

import { resolve } from "node:path";
import { InputError } from "../../cli/errors.ts";
import type { GivenValues } from "../../cli/flags.ts";
import { formatCommand } from "../../cli/shell.ts";
import { escapeControls } from "../../cli/text.ts";
import { checkRunFolder } from "../../store/check_run_folder.ts";
import { kindOf } from "../../store/files.ts";
import { scratchFolder } from "../../store/leftovers.ts";
import { heldError, isLocked } from "../../store/lock.ts";
import { readRecords, type StageRecord } from "../../store/record.ts";
import { RUN_LOCK } from "../../store/run_paths.ts";
import { findStage, type Pipeline } from "../pipeline.ts";
import { commandThatMay } from "../writable.ts";
import { checkRecord } from "./check_record.ts";
import { VERIFY } from "./command_name.ts";
import { isSimulated } from "./run_contents.ts";

/**
 * The records of a run, each of them checked.
 *
 * @param given The command's flags, for a remedy.
 * @throws {InputError} If there is none, or one cannot be worked from.
 * @throws {RunError} If another command is working on the run.
 */
export async function readRun(
  pipeline: Pipeline,
  runFolder: string,
  given: GivenValues,
): Promise<StageRecord[]> {
  const failed = `Cannot verify ${escapeControls(runFolder)}`;
  const kind = await kindOf(runFolder);
  if (kind === "link") {
    const target = await Deno.realPath(runFolder)
      .catch(() => resolve(runFolder));
    throw new InputError(
      `${failed}: it is a link and should be a run's own folder`,
      await commandOn(target, given),
    );
  }
  const lock = `${runFolder}/${RUN_LOCK}`;
  if (await isLocked(lock)) {
    throw await heldError(lock, `${failed}: another command is running in it`);
  }
  const names = pipeline.stages.map(({ name }) => name);
  await checkRunFolder(runFolder, pipeline.stages);
  const records = await readRecords(runFolder, names);
  for (const record of records) {
    checkRecord(record, findStage(pipeline, record.stage), runFolder);
  }
  if (records.length > 0) return withoutSimulator(records, pipeline);
  const problem = kind === undefined
    ? "there is no such folder"
    : "no stage has run in it";
  throw new InputError(
    `${failed}: ${problem}`,
    "give the folder of a run: --run DIR",
  );
}

/** On the user's matrix, simulated data is none of the run's. */
function withoutSimulator(
  records: readonly StageRecord[],
  { simulator, inputs }: Pipeline,
): StageRecord[] {
  const simulated = isSimulated(records, inputs);
  return records.filter(({ stage }) => simulated || stage !== simulator);
}

/** The same command on another folder, allowed to write beside it. */
async function commandOn(
  runFolder: string,
  given: GivenValues,
): Promise<string | undefined> {
  const values = new Map([...given, ["run", runFolder] as const]);
  const path = scratchFolder(runFolder);
  const { state } = await Deno.permissions.query({ name: "write", path });
  return state === "granted"
    ? formatCommand(VERIFY, values)
    : await commandThatMay(path, VERIFY, values);
}
