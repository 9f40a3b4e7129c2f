/** What the user asks for: flags over config file over preset over default. */

import { type GivenValues, readFlags } from "../cli/flags.ts";
import { checkConfig, readConfigFile } from "../cli/config_file.ts";
import { InputError } from "../cli/errors.ts";
import type { ParameterValue } from "../cli/parameters.ts";
import { readRecord } from "../store/record.ts";
import type { RunSettings, Stage } from "./stage.ts";
import { commonParameters } from "../cli/common_flags.ts";
import {
  ALL,
  configKeys,
  flagsOf,
  fullName,
  parametersOf,
} from "./flag_names.ts";
import type { Pipeline } from "./pipeline.ts";

/** A command with all its values. */
export interface Request {
  /** A stage's name, or `all`. */
  readonly command: string;
  readonly runFolder: string;
  readonly settings: RunSettings;
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly quiet: boolean;
  readonly debug: boolean;
  /** Whether the data of this run is simulated. */
  readonly simulated: boolean;
  /** Which of the stage's values is to be made again and looked at. */
  readonly reproduce?: number;
  /** A stage's values. */
  valuesOf(stage: Stage): Readonly<Record<string, ParameterValue>>;
}

/**
 * Reads a command's flags and its config file.
 *
 * @param study The study.
 * @param command A stage's name, or `all`.
 * @param args The command's arguments.
 * @returns `undefined` if help is asked for.
 * @throws {InputError} If a flag or a key cannot be read.
 */
export async function readRequest(
  study: Pipeline,
  command: string,
  args: readonly string[],
): Promise<Request | undefined> {
  const flags = readFlags(args, flagsOf(study, command), command);
  if (flags.get("help") === true) return undefined;
  const path = flags.get("config");
  const config: GivenValues = typeof path === "string" && path !== ""
    ? await readConfigFile(path, configKeys(study))
    : new Map();
  const common = (name: keyof typeof commonParameters) =>
    flags.get(name) ?? config.get(name) ?? commonParameters[name].default;
  const runFolder = String(common("run")).replace(/(?<=.)\/+$/, "");
  if (runFolder === "") {
    throw new InputError(
      "Cannot read --run: it is empty and should name a folder",
      "give a folder below reports/, such as --run reports/demo",
    );
  }

  const matrix = study.inputs.matrix;
  const readsInput = command === ALL || command === study.inputs.stage;
  const given = (readsInput ? flags.get(matrix) : undefined) ??
    config.get(matrix) ?? "";
  const simulated = command === study.simulator ||
    (given === "" && (readsInput || await isSimulated(study, runFolder)));
  const preset = presetOf(study, simulated);

  const threads = Number(common("threads"));
  const redoFlag = study.stages.find(({ name }) => name === command)?.reproduce
    ?.flag;
  return {
    command,
    runFolder,
    settings: {
      seed: Number(common("seed")),
      backend: String(common("backend")) as RunSettings["backend"],
      threads: threads > 0 ? threads : navigator.hardwareConcurrency,
    },
    force: common("force") === true,
    dryRun: common("dry-run") === true,
    quiet: common("quiet") === true,
    debug: common("debug") === true,
    simulated,
    reproduce: redoFlag === undefined
      ? undefined
      : flags.get(redoFlag) as number | undefined,
    valuesOf(stage) {
      const isAsked = command === ALL || command === stage.name;
      return Object.fromEntries(
        Object.entries(parametersOf(study, stage)).map(([name, parameter]) => {
          const full = fullName(study, stage.name, name);
          const flag = command === ALL ? full : name;
          return [
            name,
            (isAsked ? flags.get(flag) : undefined) ?? config.get(full) ??
              preset.get(full) ?? parameter.default,
          ];
        }),
      );
    },
  };
}

/** The values between the defaults and what the user gives. */
export function presetOf(study: Pipeline, simulated: boolean): GivenValues {
  if (!simulated) return new Map();
  const { content, name } = study.simulatedPreset;
  return checkConfig(content, configKeys(study), name);
}

/** Whether the data that a run holds was simulated. */
async function isSimulated(
  study: Pipeline,
  runFolder: string,
): Promise<boolean> {
  const { stage, matrix } = study.inputs;
  try {
    const record = await readRecord(runFolder, stage);
    return (record?.parameters[matrix] ?? "") === "";
  } catch {
    return true; // The record is unreadable: the stage itself will say so.
  }
}
