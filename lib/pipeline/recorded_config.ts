/** A run's values by the records of its stages, where its own file was lost. */

import { commonParameters } from "../cli/common_flags.ts";
import type { GivenValues } from "../cli/flags.ts";
import { checkValue } from "../cli/parameter_values.ts";
import type { Parameter, ParameterValue } from "../cli/parameters.ts";
import { readRecord } from "../store/record.ts";
import { CONFIG_FILE } from "../store/run_paths.ts";
import { fullName } from "./flag_names.ts";
import type { Pipeline } from "./pipeline.ts";

/**
 * The values that the stages of a run were made with.
 *
 * @returns The values by the keys of a config file, and a note for the user;
 * `undefined` if no stage has a record that can be read.
 */
export async function readRecordedConfig(
  pipeline: Pipeline,
  runFolder: string,
): Promise<{ values: GivenValues; note: string } | undefined> {
  const values = new Map<string, ParameterValue>();
  const found: string[] = [];
  const unread: string[] = [];
  const take = (key: string, parameter: Parameter, value: unknown) => {
    const sound = checkValue(parameter, value);
    if (sound !== undefined) values.set(key, sound);
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
      take(
        fullName(pipeline, stage, name),
        parameter,
        record.parameters[name],
      );
    }
  }
  if (found.length === 0) return undefined;
  const isSimulated = String(values.get(pipeline.inputs.matrix) ?? "") === "";
  const lost = unread.filter((stage) =>
    isSimulated || stage !== pipeline.simulator
  );
  const note = `${runFolder}/${CONFIG_FILE} was lost: the values of ` +
    `${found.join(", ")} are taken from their records` +
    (lost.length === 0 ? "" : `; of ${lost.join(", ")} give the flags again`);
  return { values, note };
}
