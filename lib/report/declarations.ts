/** What the report must know of the stages beside what they wrote. */

import type { GivenValues } from "../cli/flags.ts";
import { checkConfig } from "../cli/config_file.ts";
import type { Parameters, ParameterValue } from "../cli/parameters.ts";
import type { Stage } from "../pipeline/stage.ts";

/** The stages' parameters, and the values that stand for their defaults. */
export interface Declarations {
  /** The parameters of each stage, in the order of the data flow. */
  readonly stages: ReadonlyMap<string, Parameters>;
  /** The parameters that name the user's files: their flags have no dot. */
  readonly inputs: Parameters;
  /** Values by full name that replace the defaults for simulated data. */
  readonly simulatedPreset: GivenValues;
}

/**
 * Gathers what the stages declare.
 *
 * @param stages The stages in the order of the data flow.
 * @param inputs The parameters that name the user's files; they belong to
 * `prepare`.
 * @param preset What the preset of the simulated data holds.
 * @throws {InputError} If the preset has an unknown key or a wrong value.
 */
export function declare(
  stages: readonly Pick<Stage, "name" | "parameters">[],
  inputs: Parameters,
  preset: unknown,
): Declarations {
  const byStage = new Map(
    stages.map(({ name, parameters }) => [
      name,
      name === "prepare" ? { ...inputs, ...parameters } : parameters,
    ]),
  );
  const known: Parameters = Object.fromEntries(
    [...byStage].flatMap(([stage, parameters]) =>
      Object.entries(parameters).map(([name, parameter]) =>
        [flagOf(stage, name, inputs), parameter] as const
      )
    ),
  );
  return {
    stages: byStage,
    inputs,
    simulatedPreset: checkConfig(preset, known, "the demo's preset"),
  };
}

/**
 * A parameter's flag on `deno task all`, without the dashes.
 */
export function flagOf(
  stage: string,
  name: string,
  inputs: Parameters,
): string {
  return stage === "prepare" && Object.hasOwn(inputs, name)
    ? name
    : `${stage}.${name}`;
}

/**
 * The value that a parameter has when it is not given.
 *
 * @param simulated Whether the run's matrix is the simulated one.
 * @returns `undefined` if no such parameter is declared.
 */
export function usualValue(
  declarations: Declarations,
  stage: string,
  name: string,
  simulated: boolean,
): ParameterValue | undefined {
  const { stages, inputs, simulatedPreset } = declarations;
  const preset = simulated
    ? simulatedPreset.get(flagOf(stage, name, inputs))
    : undefined;
  const parameters = stages.get(stage);
  return preset ??
    (parameters && Object.hasOwn(parameters, name)
      ? parameters[name].default
      : undefined);
}
