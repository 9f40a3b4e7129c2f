/** Whether a run's `config.json` says what the run was made from. */

import { commonParameters } from "../../cli/common_flags.ts";
import { InputError } from "../../cli/errors.ts";
import type { GivenValues } from "../../cli/flags.ts";
import { namesFile, portablePath } from "../../cli/input_files.ts";
import type { Parameter, ParameterValue } from "../../cli/parameters.ts";
import type { StageRecord } from "../../store/record.ts";
import { CONFIG_FILE } from "../../store/run_paths.ts";
import { fullName } from "../flag_names.ts";
import { findStage, type Pipeline } from "../pipeline.ts";
import { presetOf, readRunConfig } from "../run_config.ts";
import { showValue } from "./show.ts";

/**
 * What is wrong with the file: it would mislead whoever goes on with the run.
 *
 * @param missing Stages that have not run.
 * @returns `config`: the run's values, if they can be read. `problems`: such
 * as `config.json says cnn.epochs 5, the record 3`.
 */
export async function compareConfig(
  pipeline: Pipeline,
  runFolder: string,
  records: readonly StageRecord[],
  missing: readonly string[],
): Promise<{ config: GivenValues; problems: string[] }> {
  let config: GivenValues | undefined;
  try {
    config = await readRunConfig(pipeline, runFolder);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return {
      config: new Map(),
      problems: [`${CONFIG_FILE} cannot be read`],
    };
  }
  if (config === undefined) {
    return { config: new Map(), problems: [`${CONFIG_FILE} is missing`] };
  }
  const input = String(config.get(pipeline.inputs.matrix) ?? "");
  const preset = presetOf(pipeline, input === "");
  const problems = new Map<string, string>();
  const known = new Set<string>();
  const compare = (
    key: string,
    parameter: Parameter,
    recorded: ParameterValue,
  ) => {
    known.add(key);
    const value = config.get(key) ?? preset.get(key) ?? parameter.default;
    if (problems.has(key) || isEqual(parameter, value, recorded)) return;
    const says = config.has(key)
      ? `says ${key} ${showValue(value)}`
      : `has no ${key}, which is ${showValue(value)} then`;
    problems.set(
      key,
      `${CONFIG_FILE} ${says}, the record ${showValue(recorded)}`,
    );
  };
  for (const record of records) {
    const stage = findStage(pipeline, record.stage);
    const { seed, backend } = commonParameters;
    compare("seed", seed, record.seeds.master);
    // A stage without arithmetic is the same on every backend.
    if (record.backend !== null) {
      compare("backend", backend, record.backend_requested);
    }
    for (const [name, parameter] of Object.entries(stage.parameters)) {
      const key = fullName(pipeline, stage.name, name);
      compare(key, parameter, record.parameters[name]);
    }
  }
  for (const [key, value] of config) {
    // Of a stage that has not run there is nothing to compare with yet.
    if (
      known.has(key) || missing.some((stage) => key.startsWith(`${stage}.`))
    ) {
      continue;
    }
    problems.set(
      key,
      `${CONFIG_FILE} says ${key} ${showValue(value)}, no record does`,
    );
  }
  return { config, problems: [...problems.values()] };
}

function isEqual(
  parameter: Parameter,
  value: ParameterValue,
  recorded: ParameterValue,
): boolean {
  if (!namesFile(parameter)) {
    return JSON.stringify(value) === JSON.stringify(recorded);
  }
  const paths = [value].flat().map(String);
  const others = [recorded].flat().map(String);
  return paths.length === others.length &&
    paths.every((path, index) => isSamePath(path, others[index]));
}

/** Outside of the working folder a record has a file's bare name only. */
function isSamePath(
  path: string,
  recorded: string,
): boolean {
  if (path === recorded) return true;
  return path !== "" && portablePath(path) === recorded;
}
