/** The text of `--help`, made from the parameters' declarations. */

import type { Parameter, Parameters } from "../cli/parameters.ts";
import { describeBounds } from "../cli/parameter_values.ts";
import { commonParameters } from "../cli/common_flags.ts";
import { LAUNCHER } from "../cli/shell.ts";
import { ALL, flagsOf, fullName, ownFlags } from "./flag_names.ts";
import { findStage, type Pipeline } from "./pipeline.ts";
import { CONFIG_FILE } from "../store/run_paths.ts";
import { besideName, COLUMNS, wrap } from "../cli/terminal.ts";

/** The column at which a flag's text begins. */
const TEXT_COLUMN = 26;

/**
 * The help of a command.
 *
 * @returns Lines of at most 80 columns.
 */
export function formatHelp(pipeline: Pipeline, command: string): string {
  return [
    `${LAUNCHER} ${command} [flags]`,
    "",
    ...(command === ALL
      ? describeAll(pipeline)
      : describeStage(pipeline, command)),
    "Flags of every command",
    ...describeFlags(commonParameters),
    "",
    ...wrap(
      "A flag is given as --name VALUE or --name=VALUE. A run remembers in its " +
        `own ${CONFIG_FILE} what was given for it. Flags come first, then that ` +
        "file, then --config, then " +
        `${pipeline.simulatedPreset.name} if the data are simulated, then the ` +
        "defaults.",
      COLUMNS,
    ),
    "Exit status: 0 done, 1 failed while running, 2 bad usage or bad input.",
  ].join("\n");
}

function describeAll(pipeline: Pipeline): string[] {
  const flags = flagsOf(pipeline, ALL);
  return [
    ...wrap("Runs every stage that is not up to date, in this order:", COLUMNS),
    "",
    ...pipeline.stages.map(({ name, summary }) => besideName(name, summary)),
    "",
    "Flags of the input",
    ...describeFlags(pipeline.inputs.parameters),
    "",
    ...pipeline.stages.flatMap(({ name, parameters }) => {
      const own = Object.keys(parameters)
        .map((parameter) => fullName(pipeline, name, parameter))
        .filter((flag) => !Object.hasOwn(pipeline.inputs.parameters, flag));
      return describeGroup(
        name,
        Object.fromEntries(own.map((flag) => [flag, flags[flag]])),
      );
    }),
  ];
}

function describeStage(pipeline: Pipeline, command: string): string[] {
  const stage = findStage(pipeline, command);
  return [
    ...wrap(asSentence(stage.summary), COLUMNS),
    ...(stage.needs.length > 0
      ? wrap(
        `Reads the files of these stages: ${stage.needs.join(", ")}.`,
        COLUMNS,
      )
      : []),
    "",
    ...describeGroup(command, ownFlags(stage)),
  ];
}

function describeGroup(stage: string, flags: Parameters): string[] {
  const lines = describeFlags(flags);
  return lines.length > 0 ? [`Flags of ${stage}`, ...lines, ""] : [];
}

function asSentence(summary: string): string {
  return `${summary[0].toUpperCase()}${summary.slice(1)}.`;
}

export function describeFlags(parameters: Parameters): string[] {
  return Object.entries(parameters).flatMap(([name, parameter]) => {
    const flag = `  --${name}` +
      (parameter.kind === "switch"
        ? ""
        : ` ${parameter.kind === "choice" ? "WORD" : parameter.placeholder}`);
    const text = wrap(
      parameter.help + describeLimits(parameter),
      COLUMNS - TEXT_COLUMN,
    ).map((line) => " ".repeat(TEXT_COLUMN) + line);
    return flag.length < TEXT_COLUMN - 1
      ? [flag + text[0].slice(flag.length), ...text.slice(1)]
      : [flag, ...text];
  });
}

/** A parameter's choices, bounds and default, in brackets. */
function describeLimits(parameter: Parameter): string {
  const { kind, choices, default: value } = parameter;
  const parts = [
    kind === "choice" ? `one of ${choices?.join(", ")}` : "",
    describeBounds(parameter).replace(/^of /, ""),
    kind === "switch" || String(value) === ""
      ? ""
      // A long list has to be broken into lines.
      : `default ${Array.isArray(value) ? value.join(", ") : value}`,
  ].filter(Boolean);
  return parts.length > 0 ? ` (${parts.join("; ")})` : "";
}
