/** Makes a stage of a run again, from what its record says. */

import { backendNameOf } from "../../backend/backend_names.ts";
import { namesFile } from "../../cli/input_files.ts";
import type { ParameterValue } from "../../cli/parameters.ts";
import type { ProgressFactory } from "../../cli/progress.ts";
import {
  RECORD_FILE,
  sealRecord,
  type StageRecord,
} from "../../store/record.ts";
import { StageFolder } from "../../store/stage_folder.ts";
import { findStage, type Pipeline } from "../pipeline.ts";
import type { StageRequest } from "../request.ts";
import { runStage } from "../stage_context.ts";
import { AllowedInputs, type InputPlaces } from "./allowed_inputs.ts";
import { findInput } from "./find_input.ts";
import { explainStageError } from "./stage_error.ts";

/** Where a stage is made again, and where the user's files may be. */
interface Places extends InputPlaces {
  /** The folder that holds the earlier stages already. */
  readonly scratch: string;
  readonly threads: number;
  /** Whether any stage of the run has read the user's files. */
  readonly readsUserFiles: boolean;
}

/**
 * Runs a stage with the parameters, seed and backend that its record holds.
 * What is known of the program is taken from the record, too, and so are the
 * paths of the user's files, which may lie elsewhere now: equal files give
 * equal records, and equal reports of them.
 *
 * @param record One that `checkRecord` takes.
 * @throws {InputError} If a file of the user's is not found.
 * @throws {RunError} If it is not the file that the stage has read, or is one
 * that the record does not list, or the stage fails.
 */
export async function rerunStage(
  record: StageRecord,
  pipeline: Pipeline,
  places: Places,
  progress: ProgressFactory,
): Promise<StageRecord> {
  const stage = findStage(pipeline, record.stage);
  const allowed = await AllowedInputs.of(record, places);
  const values: Record<string, ParameterValue> = {};
  for (const [name, parameter] of Object.entries(stage.parameters)) {
    const recorded = record.parameters[name];
    values[name] = namesFile(parameter)
      ? await findFiles(name, recorded, record, places, allowed)
      : recorded;
  }
  const { scratch, threads, readsUserFiles } = places;
  let refusal: unknown;
  const request: StageRequest = {
    pipeline,
    runFolder: scratch,
    stage,
    values,
    settings: {
      seed: record.seeds.master,
      backend: backendNameOf(record.backend) ?? "auto",
      threads,
    },
    backendRequested: record.backend_requested,
    code: record.code,
  };
  const onInput = (key: string, path: string) =>
    allowed.check(key, path).catch((error) => {
      throw refusal = error;
    });
  const folder = await StageFolder.open(scratch, stage, { durable: false });
  try {
    const { record: made } = await runStage(request, folder, {
      progress,
      onInput,
    });
    const { parameters, version, versions } = record;
    const now: StageRecord = { ...made, parameters, version, versions };
    await Deno.writeTextFile(
      `${folder.path}/${RECORD_FILE}`,
      sealRecord(now),
    );
    await folder.commit();
    return now;
  } catch (error) {
    await folder.discard();
    // It says nothing of what a file holds.
    throw refusal ?? explainStageError(error, stage.name, readsUserFiles);
  }
}

async function findFiles(
  flag: string,
  recorded: ParameterValue,
  record: StageRecord,
  places: Places,
  allowed: AllowedInputs,
): Promise<ParameterValue> {
  const found: string[] = [];
  for (const path of [recorded].flat().map(String).filter(Boolean)) {
    found.push(await findInput(flag, path, record, places, allowed));
  }
  return Array.isArray(recorded) ? found : found[0] ?? "";
}
