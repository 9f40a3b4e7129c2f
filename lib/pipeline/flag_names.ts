/** Which flags and keys there are, and to which stage each belongs. */

import type { Parameters } from "../cli/parameters.ts";
import type { Stage } from "./stage.ts";
import { COMMAND_LINE_ONLY, commonParameters } from "../cli/common_flags.ts";
import type { Pipeline } from "./pipeline.ts";

/** The name of the command that runs every stage. */
export const ALL = "all";

/**
 * A stage's parameters, the user's files among them for the stage that reads
 * those.
 */
export function parametersOf(study: Pipeline, stage: Stage): Parameters {
  return stage.name === study.inputs.stage
    ? { ...study.inputs.parameters, ...stage.parameters }
    : stage.parameters;
}

/**
 * The name of a stage's parameter where all stages' names stand together: in
 * a config file and on `all`.
 */
export function fullName(study: Pipeline, stage: string, name: string): string {
  return isInput(study, stage, name) ? name : `${stage}.${name}`;
}

/** The flags of a command: a stage's name, or `all`. */
export function flagsOf(study: Pipeline, command: string): Parameters {
  const stage = study.stages.find((stage) => stage.name === command);
  const own = stage === undefined ? stageNames(study) : {
    ...parametersOf(study, stage),
    ...(stage.reproduce &&
      { [stage.reproduce.flag]: stage.reproduce.parameter }),
  };
  for (const name of Object.keys(own)) {
    if (Object.hasOwn(commonParameters, name)) {
      throw new Error(`--${name} of ${command} is a flag of every command`);
    }
  }
  return { ...own, ...commonParameters };
}

/** The keys of a config file. */
export function configKeys(study: Pipeline): Parameters {
  const common = Object.entries(commonParameters)
    .filter(([name]) => !COMMAND_LINE_ONLY.has(name));
  return { ...Object.fromEntries(common), ...stageNames(study) };
}

/** Every stage's parameters by their full names. */
function stageNames(study: Pipeline): Parameters {
  return Object.fromEntries([
    ...Object.entries(study.inputs.parameters),
    ...study.stages.flatMap((stage) =>
      Object.entries(stage.parameters)
        .filter(([name]) => !isInput(study, stage.name, name))
        .map(([name, parameter]) => [`${stage.name}.${name}`, parameter])
    ),
  ]);
}

function isInput(study: Pipeline, stage: string, name: string): boolean {
  return stage === study.inputs.stage &&
    Object.hasOwn(study.inputs.parameters, name);
}
