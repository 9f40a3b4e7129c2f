/** A run's values by the records of its stages, where its own file was lost. */

import { isAbsolute } from "node:path";
import { commonParameters } from "../cli/common_flags.ts";
import { InputError } from "../cli/errors.ts";
import type { GivenValues } from "../cli/flags.ts";
import { bareName, namesFile } from "../cli/input_files.ts";
import { checkValue } from "../cli/parameter_values.ts";
import type { Parameter, ParameterValue } from "../cli/parameters.ts";
import { formatCommand } from "../cli/shell.ts";
import { readRecord } from "../store/record.ts";
import { CONFIG_FILE } from "../store/run_paths.ts";
import { ALL, fullName } from "./flag_names.ts";
import type { Pipeline } from "./pipeline.ts";
import { isAsRecorded } from "./recorded_files.ts";

/** A parameter that names files which the records do not lead to. */
export interface LostFile {
  readonly stage: string;
  /** Its name among the stage's parameters. */
  readonly name: string;
  /** Its name in a config file and on `all`. */
  readonly key: string;
}

/** What the records say of a run. */
export interface RecordedConfig {
  /** By the keys of a config file. */
  readonly values: GivenValues;
  readonly lost: readonly LostFile[];
  /** What the user should know. */
  readonly note: string;
}

/**
 * The values that the stages of a run were made with. Of a file outside of the
 * working folder a record holds the bare name only, so that a path counts only
 * if what is there is what the stage has read.
 *
 * @returns `undefined` if no stage has a record that can be read.
 */
export async function readRecordedConfig(
  pipeline: Pipeline,
  runFolder: string,
): Promise<RecordedConfig | undefined> {
  const values = new Map<string, ParameterValue>();
  const lost: LostFile[] = [];
  const found: string[] = [];
  const unread: string[] = [];
  const take = (key: string, parameter: Parameter, value: unknown) => {
    const sound = checkValue(parameter, value);
    if (sound !== undefined) values.set(key, sound);
    return sound;
  };
  for (const { name: stage, parameters } of pipeline.stages) {
    const record = await readRecord(runFolder, stage).catch(() => undefined);
    if (record === undefined) {
      unread.push(stage);
      continue;
    }
    found.push(stage);
    take("seed", commonParameters.seed, record.seeds.master);
    // A stage without arithmetic is the same on every backend.
    if (record.backend !== null) {
      take("backend", commonParameters.backend, record.backend_requested);
    }
    for (const [name, parameter] of Object.entries(parameters)) {
      const key = fullName(pipeline, stage, name);
      const value = take(key, parameter, record.parameters[name]);
      if (value === undefined || !namesFile(parameter)) continue;
      for (const path of [value].flat().map(String)) {
        if (path === "" || await isHere(name, path, record.inputs)) continue;
        lost.push({ stage, name, key });
        break;
      }
    }
  }
  if (found.length === 0) return undefined;
  const { simulator, inputs: { stage, matrix } } = pipeline;
  // Without these two records the data may be a file's or simulated.
  if (unread.includes(stage) && unread.includes(simulator)) {
    lost.unshift({ stage, name: matrix, key: matrix });
  }
  const isSimulated = String(values.get(matrix) ?? "") === "" &&
    !lost.some(({ key }) => key === matrix);
  const missing = unread.filter((name) => isSimulated || name !== simulator);
  const note = `${runFolder}/${CONFIG_FILE} was lost: the values of ` +
    `${found.join(", ")} are taken from their records` +
    (missing.length === 0
      ? ""
      : `; of ${missing.join(", ")} give the flags again`);
  return { values, lost, note };
}

async function isHere(
  flag: string,
  path: string,
  inputs: Readonly<Record<string, string>>,
): Promise<boolean> {
  // No stage records such a path, and what it leads to may be anything.
  if (isAbsolute(path) || path.split(/[/\\]/).includes("..")) return false;
  return await isAsRecorded(flag, bareName(path), inputs, path);
}

/**
 * The recorded values, with those that the user gives for files which the
 * records do not lead to.
 *
 * @param givenFor What the user gives.
 * @throws {InputError} If one is not given.
 */
export function fillLost(
  { values, lost }: RecordedConfig,
  { matrix }: Pipeline["inputs"],
  runFolder: string,
  givenFor: (file: LostFile) => ParameterValue | undefined,
): GivenValues {
  const filled = new Map(values);
  const missing: string[] = [];
  for (const file of lost) {
    const value = givenFor(file);
    if (value === undefined) missing.push(`--${file.key}`);
    // The matrix is compared with the recorded one first.
    else if (file.key !== matrix || !values.has(matrix)) {
      filled.set(file.key, value);
    }
  }
  if (missing.length === 0) return filled;
  throw new InputError(
    `Cannot go on in ${runFolder}: ${CONFIG_FILE} was lost, and the records ` +
      `do not say where the files of ${missing.join(" and ")} are`,
    `give them again: ${formatCommand(ALL, [["run", runFolder]])} ${
      missing.map((flag) => `${flag} FILE`).join(" ")
    }`,
  );
}
