/** Makes a run again, stage by stage, from what its records say. */

import { exists } from "../../store/files.ts";
import { InputError, RunError } from "../../cli/errors.ts";
import { StageFolder } from "../../store/stage_folder.ts";
import { runStage } from "../stage_context.ts";
import { hashFile } from "../../store/hash.ts";
import type { ParameterValue } from "../../cli/parameters.ts";
import type { ProgressFactory } from "../../cli/progress.ts";
import type { StageRecord } from "../../store/record.ts";
import type { Stage } from "../stage.ts";
import { namesFile } from "../../cli/input_files.ts";
import { parametersOf } from "../flag_names.ts";
import { findStage, type Pipeline } from "../pipeline.ts";
import { backendNameOf } from "../../backend/backend_names.ts";

/** How a stage is made again. */
export interface RerunOptions {
  readonly study: Pipeline;
  /** The folder to make it in; the earlier stages are there already. */
  readonly scratch: string;
  readonly threads: number;
  /** Where the user's files are, if not where the record has them. */
  readonly data: string;
  readonly progress: ProgressFactory;
}

/**
 * Makes one stage again with the parameters, seed and backend that its record
 * holds.
 *
 * @returns The new record.
 * @throws {InputError} If a file of the user's is not found.
 * @throws {RunError} If it is not the file that the stage has read.
 */
export async function rerunStage(
  record: StageRecord,
  { study, scratch, threads, data, progress }: RerunOptions,
): Promise<StageRecord> {
  const declared = findStage(study, record.stage);
  const parameters = parametersOf(study, declared);
  const stage: Stage = { ...declared, parameters };
  const values: Record<string, ParameterValue> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    const recorded = record.parameters[name] ?? parameter.default;
    values[name] = namesFile(parameter)
      ? await findFiles(name, recorded, record, data)
      : recorded;
  }
  const folder = await StageFolder.open(scratch, record.stage);
  try {
    const { record: made } = await runStage({
      pipeline: study,
      stage,
      values,
      settings: {
        seed: record.seeds.master,
        backend: backendNameOf(record.backend) ?? "auto",
        recordedBackend: record.backend_requested,
        threads,
      },
      folder,
      progress,
      onWarning: () => {},
      onResume: () => {},
      commandFor: (name) => Promise.resolve(`deno task ${name}`),
    });
    await folder.commit();
    return made;
  } catch (error) {
    await folder.discard();
    throw error;
  }
}

/** Where the files of a parameter are now. */
async function findFiles(
  flag: string,
  recorded: ParameterValue,
  record: StageRecord,
  data: string,
): Promise<ParameterValue> {
  const found: string[] = [];
  for (const path of [recorded].flat().map(String).filter(Boolean)) {
    found.push(await findFile(flag, path, record, data));
  }
  return Array.isArray(recorded) ? found : found[0] ?? "";
}

async function findFile(
  flag: string,
  path: string,
  record: StageRecord,
  data: string,
): Promise<string> {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const places = data === "" ? [path] : [`${data}/${name}`, path];
  for (const place of places) {
    if (!await exists(place)) continue;
    const hash = await hashFile(place);
    const expected = record.inputs[`${flag}:${name}`];
    if (expected === undefined || hash === expected) return place;
    throw new RunError(
      `Cannot make ${record.stage} again: ${place} is not the file that it ` +
        `read: its SHA-256 is ${hash} and should be ${expected}`,
    );
  }
  throw new InputError(
    `Cannot make ${record.stage} again: it read ${name}, and ${
      places[0]
    } is not there`,
    "give the folder that holds it: --data DIR",
  );
}
