/** Makes a stage of a run again, from what its record says. */

import { backendNameOf } from "../../backend/backend_names.ts";
import { InputError, RunError } from "../../cli/errors.ts";
import { bareName, filesOfInput, namesFile } from "../../cli/input_files.ts";
import type { ParameterValue } from "../../cli/parameters.ts";
import type { ProgressFactory } from "../../cli/progress.ts";
import { exists } from "../../store/files.ts";
import { hashInput } from "../../store/hash.ts";
import type { StageRecord } from "../../store/record.ts";
import { StageFolder } from "../../store/stage_folder.ts";
import { findStage, type Pipeline } from "../pipeline.ts";
import type { StageRequest } from "../request.ts";
import { runStage } from "../stage_context.ts";

/** Where a stage is made again, and where the user's files may be. */
interface Places {
  /** The folder that holds the earlier stages already. */
  readonly scratch: string;
  readonly threads: number;
  /** A folder with the user's files; empty for none. */
  readonly data: string;
  /** Paths that the run remembers. */
  readonly paths: readonly string[];
}

/**
 * Runs a stage with the parameters, seed and backend that its record holds.
 * The code is taken for that of the record, so that equal files give equal
 * records.
 *
 * @throws {InputError} If a file of the user's is not found.
 * @throws {RunError} If it is not the file that the stage has read.
 */
export async function rerunStage(
  record: StageRecord,
  pipeline: Pipeline,
  places: Places,
  progress: ProgressFactory,
): Promise<StageRecord> {
  const stage = findStage(pipeline, record.stage);
  const values: Record<string, ParameterValue> = {};
  for (const [name, parameter] of Object.entries(stage.parameters)) {
    const recorded = record.parameters[name] ?? parameter.default;
    values[name] = namesFile(parameter)
      ? await findFiles(name, recorded, record, places)
      : recorded;
  }
  const { scratch, threads } = places;
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
  const folder = await StageFolder.open(scratch, stage.name);
  try {
    const { record: now } = await runStage(request, folder, { progress });
    await folder.commit();
    return now;
  } catch (error) {
    await folder.discard();
    throw error;
  }
}

async function findFiles(
  flag: string,
  recorded: ParameterValue,
  record: StageRecord,
  places: Places,
): Promise<ParameterValue> {
  const found: string[] = [];
  for (const path of [recorded].flat().map(String).filter(Boolean)) {
    found.push(await findFile(flag, path, record, places));
  }
  return Array.isArray(recorded) ? found : found[0] ?? "";
}

async function findFile(
  flag: string,
  path: string,
  record: StageRecord,
  { data, paths }: Places,
): Promise<string> {
  const name = bareName(path);
  const candidates = [
    ...(data === "" ? [] : [`${data}/${name}`]),
    path,
    ...paths.filter((other) => bareName(other) === name),
  ];
  const failed = `Cannot make ${record.stage} again`;
  if (record.inputs[`${flag}:${name}`] === undefined) {
    throw new RunError(`${failed}: its record does not say what it read`);
  }
  for (const candidate of candidates) {
    if (!await exists(candidate)) continue;
    for (const file of filesOfInput(flag, name, record.inputs, candidate)) {
      await checkFile(file, failed);
    }
    return candidate;
  }
  throw new InputError(
    `${failed}: it read ${name}, and ${candidates[0]} is not there`,
    "give the folder that holds it: --data DIR",
  );
}

/** @throws {RunError} If a file is not there, or is another one. */
async function checkFile(
  { path, sha256 }: { readonly path: string; readonly sha256: string },
  failed: string,
): Promise<void> {
  if (!await exists(path)) {
    throw new RunError(`${failed}: it read ${path}, which is not there`);
  }
  const hash = await hashInput(path);
  if (hash === sha256) return;
  throw new RunError(
    (await Deno.stat(path)).isDirectory
      ? `${failed}: ${path} does not hold the files that it held: the SHA-256 ` +
        `of their names is ${hash} and should be ${sha256}`
      : `${failed}: ${path} is not the file that it read: its SHA-256 is ` +
        `${hash} and should be ${sha256}`,
  );
}
