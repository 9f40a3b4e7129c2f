/** The commands that make a stage, or a whole run, again. */

import { flagText, quoteForShell } from "../cli/shell.ts";
import type { ParameterValue } from "../cli/parameters.ts";
import { readRecord, type StageRecord } from "../store/record.ts";
import { commonParameters } from "../cli/common_flags.ts";
import { ALL, fullName, parametersOf } from "./flag_names.ts";
import { presetOf } from "./request.ts";
import { findStage, type Pipeline } from "./pipeline.ts";

/**
 * The command that makes one stage again with the values it had.
 *
 * @param study The study.
 * @param runFolder The run's folder.
 * @param stage The stage's name.
 * @param seed The master seed to use if the stage has no record.
 */
export async function commandForStage(
  study: Pipeline,
  runFolder: string,
  stage: string,
  seed: number,
): Promise<string> {
  const record = await readRecord(runFolder, stage).catch(() => undefined);
  const simulated = await isSimulatedRun(study, runFolder);
  return [
    `deno task ${stage} --run ${quoteForShell(runFolder)}`,
    ...seedFlag(record?.seeds.master ?? seed),
    // A stage without arithmetic writes down what was asked for all the same.
    ...backendFlag(record?.backend_requested),
    ...(record === undefined ? [] : flagsOfRecord(study, record, simulated)
      .map(([name, value]) => flagText(name, value))),
  ].join(" ");
}

/**
 * The command that makes a whole run again: `all` with every value that
 * differs from what `all` would take by itself.
 *
 * @param study The study.
 * @param runFolder The run's folder.
 * @param seed The master seed; without it, that of the last stage that ran.
 */
export async function commandForRun(
  study: Pipeline,
  runFolder: string,
  seed?: number,
): Promise<string> {
  const simulated = await isSimulatedRun(study, runFolder);
  const records: StageRecord[] = [];
  for (const { name } of study.stages) {
    if (!simulated && name === study.simulator) continue;
    const record = await readRecord(runFolder, name).catch(() => undefined);
    if (record !== undefined) records.push(record);
  }
  return [
    `deno task ${ALL} --run ${quoteForShell(runFolder)}`,
    ...seedFlag(
      seed ?? records.at(-1)?.seeds.master ?? commonParameters.seed.default,
    ),
    ...backendFlag(
      records.find((record) =>
        record.backend !== null &&
        record.backend_requested !== commonParameters.backend.default
      )?.backend_requested,
    ),
    ...records.flatMap((record) =>
      flagsOfRecord(study, record, simulated).map(([name, value]) =>
        flagText(fullName(study, record.stage, name), value)
      )
    ),
  ].join(" ");
}

/**
 * A remedy such as `deno task cnn --force` for one run; a remedy that is no
 * command, or names its run, stays as it is.
 */
export function commandInRun(remedy: string, runFolder: string): string {
  if (/ --run[ =]/.test(remedy)) return remedy;
  return remedy.replace(
    /^deno task \w+/,
    (command) => `${command} --run ${quoteForShell(runFolder)}`,
  );
}

/** The values of a record that differ from preset and default. */
function flagsOfRecord(
  study: Pipeline,
  record: StageRecord,
  simulated: boolean,
): [string, ParameterValue][] {
  const preset = presetOf(study, simulated);
  const parameters = parametersOf(study, findStage(study, record.stage));
  return Object.entries(record.parameters).filter(([name, value]) => {
    if (!Object.hasOwn(parameters, name)) return false;
    const expected = preset.get(fullName(study, record.stage, name)) ??
      parameters[name].default;
    return String(value) !== String(expected);
  });
}

/** Whether a run's data is simulated, by the record of the stage that read it. */
async function isSimulatedRun(
  study: Pipeline,
  runFolder: string,
): Promise<boolean> {
  const { stage, matrix } = study.inputs;
  const record = await readRecord(runFolder, stage).catch(() => undefined);
  return (record?.parameters[matrix] ?? "") === "";
}

function seedFlag(seed: number): string[] {
  return seed === commonParameters.seed.default ? [] : [`--seed ${seed}`];
}

function backendFlag(asked?: string): string[] {
  return asked === undefined || asked === commonParameters.backend.default
    ? []
    : [`--backend ${asked}`];
}
