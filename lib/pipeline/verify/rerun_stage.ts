/** Makes a stage of a run again, from what its record says. */

import { backendNameOf } from "../../backend/backend_names.ts";
import { InputError, RunError } from "../../cli/errors.ts";
import { namesFile } from "../../cli/input_files.ts";
import type { ParameterValue } from "../../cli/parameters.ts";
import type { ProgressFactory } from "../../cli/progress.ts";
import { exists } from "../../store/files.ts";
import { hashFile } from "../../store/hash.ts";
import type { StageRecord } from "../../store/record.ts";
import { StageFolder } from "../../store/stage_folder.ts";
import { findStage, type Pipeline } from "../pipeline.ts";
import type { StageRequest } from "../request.ts";
import { runStage } from "../stage_context.ts";

/** Where the user's files may be. */
interface FileLookup {
  /** A folder; empty for none. */
  readonly data: string;
  readonly paths: readonly string[];
}

/**
 * The stage with the parameters, seed and backend that its record holds. The
 * code is taken for that of the record, so that equal files give equal records.
 *
 * @param options The folder to make it in, where the earlier stages are
 * already; the threads; and where the user's files may be: in a folder, or at
 * paths that the run remembers.
 * @throws {InputError} If a file of the user's is not found.
 * @throws {RunError} If it is not the file that the stage has read.
 */
export async function requestOf(
  record: StageRecord,
  pipeline: Pipeline,
  { scratch, threads, ...lookup }: FileLookup & {
    readonly scratch: string;
    readonly threads: number;
  },
): Promise<StageRequest> {
  const stage = findStage(pipeline, record.stage);
  const values: Record<string, ParameterValue> = {};
  for (const [name, parameter] of Object.entries(stage.parameters)) {
    const recorded = record.parameters[name] ?? parameter.default;
    values[name] = namesFile(parameter)
      ? await findFiles(name, recorded, record, lookup)
      : recorded;
  }
  return {
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
}

/** Runs a stage in its folder and gives the new record. */
export async function rerunStage(
  request: StageRequest,
  progress: ProgressFactory,
): Promise<StageRecord> {
  const folder = await StageFolder.open(request.runFolder, request.stage.name);
  try {
    const { record } = await runStage(request, folder, {
      progress,
      onWarning: () => {},
      onResume: () => {},
    });
    await folder.commit();
    return record;
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
  lookup: FileLookup,
): Promise<ParameterValue> {
  const found: string[] = [];
  for (const path of [recorded].flat().map(String).filter(Boolean)) {
    found.push(await findFile(flag, path, record, lookup));
  }
  return Array.isArray(recorded) ? found : found[0] ?? "";
}

async function findFile(
  flag: string,
  path: string,
  record: StageRecord,
  { data, paths }: FileLookup,
): Promise<string> {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const candidates = [
    ...(data === "" ? [] : [`${data}/${name}`]),
    path,
    ...paths.filter((other) => other.endsWith(`/${name}`)),
  ];
  const failed = `Cannot make ${record.stage} again`;
  const expected = record.inputs[`${flag}:${name}`];
  if (expected === undefined) {
    throw new RunError(`${failed}: its record does not say what it read`);
  }
  for (const candidate of candidates) {
    if (!await exists(candidate)) continue;
    const hash = await hashFile(candidate);
    if (hash === expected) return candidate;
    throw new RunError(
      `${failed}: ${candidate} is not the file that it read: its SHA-256 is ` +
        `${hash} and should be ${expected}`,
    );
  }
  throw new InputError(
    `${failed}: it read ${name}, and ${candidates[0]} is not there`,
    "give the folder that holds it: --data DIR",
  );
}
