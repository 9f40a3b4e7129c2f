/** Which flags and keys there are, and to which stage each belongs. */

import { COMMAND_LINE_ONLY, commonParameters } from "../cli/common_flags.ts";
import type { Parameters } from "../cli/parameters.ts";
import type { Pipeline } from "./pipeline.ts";
import type { Stage } from "./stage.ts";

/** The name of the command that runs every stage. */
export const ALL = "all";

/**
 * The name of a stage's parameter where all stages' names stand together: in
 * a config file and on `all`.
 */
export function fullName(
  pipeline: Pipeline,
  stage: string,
  name: string,
): string {
  const { inputs, stages } = pipeline;
  const isPlain = stage === inputs.stage &&
      Object.hasOwn(inputs.parameters, name) ||
    stages.find((each) => each.name === stage)?.plainFlags?.includes(name);
  return isPlain ? name : `${stage}.${name}`;
}

/** The flags of a command: a stage's name, or `all`. */
export function flagsOf(pipeline: Pipeline, command: string): Parameters {
  const stage = pipeline.stages.find((stage) => stage.name === command);
  const own = stage === undefined ? stageNames(pipeline) : ownFlags(stage);
  for (const name of Object.keys(own)) {
    if (Object.hasOwn(commonParameters, name)) {
      throw new Error(`--${name} of ${command} is a flag of every command`);
    }
  }
  return { ...own, ...commonParameters };
}

/** The flags of a stage that not every command has. */
export function ownFlags({ parameters, reproduce }: Stage): Parameters {
  return {
    ...parameters,
    ...(reproduce && { [reproduce.flag]: reproduce.parameter }),
  };
}

/** The keys of a config file. */
export function configKeys(pipeline: Pipeline): Parameters {
  const common = Object.entries(commonParameters)
    .filter(([name]) => !COMMAND_LINE_ONLY.has(name));
  return { ...Object.fromEntries(common), ...stageNames(pipeline) };
}

/** Every stage's parameters by their full names. */
function stageNames(pipeline: Pipeline): Parameters {
  const names = { ...pipeline.inputs.parameters };
  for (const stage of pipeline.stages) {
    for (const [name, parameter] of Object.entries(stage.parameters)) {
      const full = fullName(pipeline, stage.name, name);
      if (stage.plainFlags?.includes(name) && Object.hasOwn(names, full)) {
        throw new Error(
          `--${name} of ${stage.name} is a flag of another stage`,
        );
      }
      names[full] = parameter;
    }
  }
  return names;
}
