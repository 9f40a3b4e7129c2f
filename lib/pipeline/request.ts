/** What a command asks for: flags, config files, preset and defaults in one. */

import { readConfigFile } from "../cli/config_file.ts";
import { commonParameters } from "../cli/common_flags.ts";
import { InputError } from "../cli/errors.ts";
import { type GivenValues, readFlags } from "../cli/flags.ts";
import type { ParameterValue } from "../cli/parameters.ts";
import { formatCommand } from "../cli/shell.ts";
import { checkRunFolder } from "../store/check_run_folder.ts";
import { kindOf, walk } from "../store/files.ts";
import { isOfTheSystem } from "../store/stage_files.ts";
import { escapeControls } from "../cli/text.ts";
import { readRecord } from "../store/record.ts";
import { CONFIG_FILE } from "../store/run_paths.ts";
import { stageCodeHash } from "./code_hash.ts";
import { ALL, configKeys, flagsOf, fullName } from "./flag_names.ts";
import { findStage, type Pipeline } from "./pipeline.ts";
import {
  ignoredValues,
  portable,
  presetOf,
  readRunConfig,
  RunConfig,
} from "./run_config.ts";
import { fillLost, readRecordedConfig } from "./recorded_config.ts";
import {
  chooseRunFolder,
  chooseRunInput,
  type ValueSources,
} from "./run_input.ts";
import { refuseLateSafe } from "./safe_mode.ts";
import type { RunSettings, Stage } from "./stage.ts";

/** One stage with all that its result depends on. */
export interface StageRequest {
  readonly pipeline: Pipeline;
  readonly runFolder: string;
  readonly stage: Stage;
  readonly values: Readonly<Record<string, ParameterValue>>;
  readonly settings: RunSettings;
  /** What `--backend` asked for. */
  readonly backendRequested: string;
  /** SHA-256 of the code that the stage runs. */
  readonly code: string;
}

export interface CommandRequest {
  readonly pipeline: Pipeline;
  /** A stage's name, or `all`. */
  readonly command: string;
  readonly given: GivenValues;
  readonly runFolder: string;
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly quiet: boolean;
  /** The stages that it runs or finds up to date, in order. */
  readonly stages: readonly StageRequest[];
  /** Which of the stage's values is to be recomputed and looked at. */
  readonly reproduce?: number;
  /** What the run's folder is to remember. */
  readonly config: RunConfig;
  /** What the user should know before anything runs. */
  readonly notes: readonly string[];
}

/**
 * Reads a command's flags, the run's own config file and the user's.
 *
 * @returns `undefined` if help is asked for.
 * @throws {InputError} If a flag or a key cannot be read, they do not fit the
 * run's folder, or that holds a link or the like.
 */
export async function readRequest(
  pipeline: Pipeline,
  command: string,
  args: readonly string[],
): Promise<CommandRequest | undefined> {
  const given = readFlags(args, flagsOf(pipeline, command), command);
  if (given.get("help") === true) return undefined;
  refuseLateSafe(command, given);
  const keys = configKeys(pipeline);
  const path = String(given.get("config") ?? "");
  const config: GivenValues = path === ""
    ? new Map()
    : await readConfigFile(path, keys);
  const { runFolder, notes: chosen } = chooseRunFolder(pipeline, given, config);
  await checkRunFolder(runFolder, pipeline.stages);
  const held = await readRunConfig(pipeline, runFolder);
  const recorded = held === undefined
    ? await readRecordedConfig(pipeline, runFolder)
    : undefined;
  // On another stage's command the flag may mean something else.
  const flagOf = (stage: string, name: string, key: string) =>
    command === ALL ? key : command === stage ? name : "";
  const own = recorded === undefined
    ? held
    : fillLost(recorded, pipeline.inputs, runFolder, (file) => {
      const { stage, name, key } = file;
      const value = given.get(flagOf(stage, name, key)) ?? config.get(key);
      return value && portable(keys[key], value);
    });
  const sources = { pipeline, command, runFolder, given, own, config };
  await checkRun(sources);
  const { matrix } = pipeline.inputs;
  const input = await chooseRunInput(sources);
  const preset = presetOf(pipeline, input === "");
  const files = new Map([...preset, ...config, ...own ?? []]);
  const valueOf = (key: string, flag: string) =>
    given.get(flag) ?? files.get(key) ?? keys[key].default;
  // A run does not remember these.
  const common = (name: keyof typeof commonParameters) =>
    given.get(name) ?? config.get(name) ?? commonParameters[name].default;
  const settings: RunSettings = {
    seed: Number(valueOf("seed", "seed")),
    backend: valueOf("backend", "backend") as RunSettings["backend"],
    threads: Number(common("threads")) || navigator.hardwareConcurrency,
  };
  const every = pipeline.stages.map((stage): StageRequest => ({
    pipeline,
    runFolder,
    stage,
    settings,
    backendRequested: settings.backend,
    // Now, for what is loaded now is what runs, however long that takes.
    code: stageCodeHash(stage),
    values: Object.fromEntries(
      Object.keys(stage.parameters).map((name) => {
        const key = fullName(pipeline, stage.name, name);
        const flag = flagOf(stage.name, name, key);
        return [name, key === matrix ? input : valueOf(key, flag)];
      }),
    ),
  }));
  const stages = every.filter(({ stage: { name } }) =>
    command === ALL
      ? name !== pipeline.simulator || input === ""
      : name === command
  );
  // A recorded path may be no more than a name.
  const before = recorded && own
    ? new Map([...own, [matrix, portable(keys[matrix], input)]])
    : own;
  const reproduce = command === ALL ? undefined : stages[0].stage.reproduce;
  return {
    pipeline,
    command,
    given,
    runFolder,
    force: common("force") === true,
    dryRun: common("dry-run") === true,
    quiet: common("quiet") === true,
    stages,
    reproduce: reproduce && given.get(reproduce.flag) as number | undefined,
    config: new RunConfig(pipeline, runFolder, before, every, [
      ...preset.keys(),
      ...config.keys(),
    ]),
    notes: [
      ...chosen,
      ...recorded === undefined ? [] : [recorded.note],
      ...ignoredValues(sources, recorded !== undefined),
    ],
  };
}

/**
 * Refuses a run whose settings are lost, and a stage that needs others in a
 * folder where none has run.
 */
async function checkRun(
  { pipeline, command, runFolder, own, given }: ValueSources,
): Promise<void> {
  let hasRun = false;
  for (const { name } of pipeline.stages) {
    // A record that cannot be read is one, too; its stage will say so.
    hasRun ||= await readRecord(runFolder, name)
      .then((record) => record !== undefined, () => true);
  }
  if (hasRun && own === undefined) {
    throw new InputError(
      `Cannot go on in ${runFolder}: it holds stages, but neither their ` +
        `records nor ${CONFIG_FILE} say what they were made from`,
      "put that file back, or give another --run",
    );
  }
  if (!hasRun && own === undefined) await refuseForeign(pipeline, runFolder);
  if (
    hasRun || command === ALL || command === pipeline.inputs.stage ||
    findStage(pipeline, command).needs.length === 0
  ) return;
  throw new InputError(
    `Cannot run ${command}: no stage has run in ${runFolder}`,
    given.has("run")
      ? `begin with ${formatCommand(ALL, [["run", runFolder]])} --input FILE`
      : "give the run's folder: --run DIR",
  );
}

/** Refuses folders of somebody else's that are named like those of stages. */
async function refuseForeign(
  { stages }: Pipeline,
  runFolder: string,
): Promise<void> {
  for (const { name } of stages) {
    const folder = `${runFolder}/${name}`;
    if (await kindOf(folder) !== "folder") continue;
    for await (const file of walk(folder)) {
      if (isOfTheSystem(file.slice(file.lastIndexOf("/") + 1))) continue;
      throw new InputError(
        `Cannot begin in ${runFolder}: it holds ${escapeControls(file)} and ` +
          "no run that it belongs to",
        "give another --run",
      );
    }
  }
}
