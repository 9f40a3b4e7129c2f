/** A run's own `config.json`: its input, and every value that is no default. */

import { isAbsolute, relative } from "node:path";
import { checkConfig, parseConfig } from "../cli/config_file.ts";
import { commonParameters } from "../cli/common_flags.ts";
import { InputError } from "../cli/errors.ts";
import type { GivenValues } from "../cli/flags.ts";
import { namesFile } from "../cli/input_files.ts";
import type { Parameter, ParameterValue } from "../cli/parameters.ts";
import { removeTree } from "../store/files.ts";
import { readOwnFile } from "../store/own_file.ts";
import { formatSortedJson } from "../store/record.ts";
import { CONFIG_FILE } from "../store/run_paths.ts";
import { writeDurably } from "../store/sync.ts";
import { configKeys, fullName } from "./flag_names.ts";
import type { Pipeline } from "./pipeline.ts";
import { readRecordedConfig } from "./recorded_config.ts";
import type { StageRequest } from "./request.ts";
import type { ValueSources } from "./run_input.ts";
import type { Stage } from "./stage.ts";

/** Bytes of the largest file of a run's values. */
const LARGEST_CONFIG = 1 << 20;

/** The settings of all stages that a run remembers. */
const REMEMBERED = ["seed", "backend"] as const;

/** The values between the defaults and what the user gives. */
export function presetOf(
  pipeline: Pipeline,
  isSimulated: boolean,
): GivenValues {
  if (!isSimulated) return new Map();
  const { content, name } = pipeline.simulatedPreset;
  return checkConfig(content, configKeys(pipeline), name);
}

/**
 * Reads a run's own values.
 *
 * @returns `undefined` if the folder has no such file, or one that a crash of
 * the machine has emptied.
 * @throws {InputError} If it cannot be read.
 */
export async function readRunConfig(
  pipeline: Pipeline,
  runFolder: string,
): Promise<GivenValues | undefined> {
  const path = `${runFolder}/${CONFIG_FILE}`;
  try {
    const text = await readOwnFile(path, LARGEST_CONFIG) ?? "";
    // One that was not on the disk yet is empty then, or full of zeros.
    return /[^\0\s]/.test(text)
      ? parseConfig(text, configKeys(pipeline), path)
      : undefined;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const recorded = await readRecordedConfig(pipeline, runFolder);
    throw new InputError(
      error.message,
      recorded === undefined
        ? "correct it: it holds the run's settings"
        : "correct it: it holds the run's settings; or remove it: they are " +
          "then taken from the records of the stages",
    );
  }
}

/**
 * Says of each value in the user's file that the run has another one.
 *
 * @param isLost Whether the run's own file was lost.
 */
export function ignoredValues(
  { pipeline, runFolder, own, config, given }: ValueSources,
  isLost: boolean,
): string[] {
  const parameters = configKeys(pipeline);
  return [...config].flatMap(([key, value]) => {
    const held = own?.get(key);
    const wanted = portable(parameters[key], value);
    if (
      held === undefined || String(held) === String(wanted) ||
      given.has(key) || given.has(key.slice(key.indexOf(".") + 1)) ||
      key === pipeline.inputs.matrix
    ) return [];
    return [
      `"${key}": ${value} of ${given.get("config")} is not used: ` +
      (isLost
        ? `the run has ${held}, and only a flag changes that`
        : `${runFolder}/${CONFIG_FILE} says ${held}, and only a flag or an ` +
          "edit there changes that"),
    ];
  });
}

/** What a command changes of the values that a run remembers. */
export class RunConfig {
  readonly #values: GivenValues;
  /** Keys of the stages that keep their values. */
  readonly #done = new Set<string>();
  #isWritten = false;

  /**
   * @param before The run's values so far.
   * @param stages Every stage with the values that it has from now on.
   * @param keys Keys that are kept even with the default value: another
   * value stands in a file that would count otherwise.
   */
  constructor(
    readonly pipeline: Pipeline,
    readonly runFolder: string,
    readonly before: GivenValues | undefined,
    stages: readonly StageRequest[],
    keys: Iterable<string>,
  ) {
    this.#values = valuesToKeep(stages, new Set(keys));
  }

  /** A stage has run with its values, or was up to date with them. */
  keep({ name, parameters }: Stage): void {
    for (const key of REMEMBERED) this.#done.add(key);
    for (const each of Object.keys(parameters)) {
      this.#done.add(fullName(this.pipeline, name, each));
    }
  }

  /** Writes the file, if not all its values are there already. */
  async write(): Promise<void> {
    if (this.#isWritten) return;
    this.#isWritten = true;
    await this.#write(this.#values);
  }

  /**
   * Forgets the values of the stages that have not run, for their command was
   * refused.
   */
  async takeBack(): Promise<void> {
    if (!this.#isWritten) return;
    this.#isWritten = false;
    if (this.#done.size > 0 || this.before !== undefined) {
      const isDone = ([key]: [string, unknown]) => this.#done.has(key);
      const before = [...this.before ?? []].filter((each) => !isDone(each));
      const done = [...this.#values].filter(isDone);
      return await this.#write(new Map([...before, ...done]));
    }
    await removeTree(`${this.runFolder}/${CONFIG_FILE}`);
  }

  async #write(values: GivenValues): Promise<void> {
    const path = `${this.runFolder}/${CONFIG_FILE}`;
    const text = formatSortedJson(nest(values));
    const there = await readOwnFile(path).catch(() => undefined);
    if (there !== text) await writeDurably(path, text);
  }
}

/** The values that no default gives. */
function valuesToKeep(
  stages: readonly StageRequest[],
  keys: ReadonlySet<string>,
): GivenValues {
  const kept = new Map<string, ParameterValue>();
  const keep = (key: string, parameter: Parameter, value: ParameterValue) => {
    if (String(value) === String(parameter.default) && !keys.has(key)) return;
    kept.set(key, portable(parameter, value));
  };
  const [{ settings }] = stages;
  for (const key of REMEMBERED) {
    keep(key, commonParameters[key], settings[key]);
  }
  const { simulator, inputs } = stages[0].pipeline;
  const reader = stages.find(({ stage }) => stage.name === inputs.stage);
  const isSimulated = reader?.values[inputs.matrix] === "";
  for (const { pipeline, stage, values } of stages) {
    // On the user's matrix they say nothing.
    if (stage.name === simulator && !isSimulated) continue;
    for (const [name, parameter] of Object.entries(stage.parameters)) {
      keep(fullName(pipeline, stage.name, name), parameter, values[name]);
    }
  }
  return kept;
}

/**
 * A value as the file holds it: paths are relative to the working folder, so
 * that nothing of where that is becomes public.
 */
export function portable(
  parameter: Parameter,
  value: ParameterValue,
): ParameterValue {
  if (!namesFile(parameter)) return value;
  const one = (path: string) =>
    isAbsolute(path) ? relative(Deno.cwd(), path).replaceAll("\\", "/") : path;
  return Array.isArray(value) ? value.map(one) : one(String(value));
}

/**
 * `cnn.epochs` as `epochs` within `cnn`, as a user would write it; dotted if a
 * flag has the name of its stage.
 */
function nest(values: GivenValues): Record<string, unknown> {
  const nested: Record<string, Record<string, ParameterValue>> = {};
  const plain: Record<string, ParameterValue> = {};
  for (const [key, value] of values) {
    const [stage, name] = key.split(".");
    if (name === undefined || values.has(stage)) plain[key] = value;
    else (nested[stage] ??= {})[name] = value;
  }
  return { ...plain, ...nested };
}
