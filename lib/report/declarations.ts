/** What the report must know of the stages beside what they wrote. */

import type { GivenValues } from "../run/command_line.ts";
import { checkConfig } from "../run/config_file.ts";
import type { Parameters, ParameterValue } from "../run/parameters.ts";
import type { Stage } from "../run/stage.ts";

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
 *
 * @example
 * ```ts
 * import { integer } from "../run/parameters.ts";
 * import { declare } from "./declarations.ts";
 * const cnn = {
 *   name: "cnn",
 *   parameters: { epochs: integer(50, {}, "passes") },
 * };
 * const declared = declare([cnn], {}, { "cnn.epochs": 30 });
 * console.assert(declared.simulatedPreset.get("cnn.epochs") === 30);
 * ```
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
 *
 * @example
 * ```ts
 * import { flagOf } from "./declarations.ts";
 * console.assert(flagOf("cnn", "epochs", {}) === "cnn.epochs");
 * ```
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
 *
 * @example
 * ```ts
 * import { integer } from "../run/parameters.ts";
 * import { declare, usualValue } from "./declarations.ts";
 * const cnn = {
 *   name: "cnn",
 *   parameters: { epochs: integer(50, {}, "passes") },
 * };
 * const declared = declare([cnn], {}, { "cnn.epochs": 30 });
 * console.assert(usualValue(declared, "cnn", "epochs", true) === 30);
 * console.assert(usualValue(declared, "cnn", "epochs", false) === 50);
 * ```
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
