/** The text of `--help`, made from the parameters' declarations. */

import type { Parameter, Parameters } from "../cli/parameters.ts";
import { describeBounds } from "../cli/parameter_values.ts";
import { commonParameters } from "../cli/common_flags.ts";
import { ALL, fullName, parametersOf } from "./flag_names.ts";
import { findStage, type Pipeline } from "./pipeline.ts";
import { besideName, COLUMNS, wrap } from "../cli/terminal.ts";

/** The column at which a flag's text begins. */
const TEXT_COLUMN = 26;

/**
 * The help of a command.
 *
 * @param study The study.
 * @param command A stage's name, or `all`.
 * @returns Lines of at most 80 columns.
 */
export function writeHelp(study: Pipeline, command: string): string {
  return [
    `deno task ${command} [flags]`,
    "",
    ...(command === ALL ? describeAll(study) : describeStage(study, command)),
    "Flags of every command",
    ...describeFlags(commonParameters),
    "",
    ...wrap(
      "A flag is given as --name VALUE or --name=VALUE. Flags beat the config " +
        "file, the file beats the defaults. For simulated data " +
        `${study.simulatedPreset.name} stands between the file and the defaults.`,
      COLUMNS,
    ),
    "Exit status: 0 done, 1 failed while running, 2 bad usage or bad input.",
  ].join("\n");
}

function describeAll(study: Pipeline): string[] {
  return [
    ...wrap("Runs every stage that is not up to date, in this order:", COLUMNS),
    "",
    ...study.stages.map(({ name, summary }) => besideName(name, summary)),
    "",
    "Flags of the input",
    ...describeFlags(study.inputs.parameters),
    "",
    ...study.stages.flatMap((stage) => {
      const own = Object.entries(stage.parameters)
        .map(([name, parameter]) =>
          [fullName(study, stage.name, name), parameter] as const
        )
        .filter(([name]) => name.includes("."));
      return own.length === 0 ? [] : [
        `Flags of ${stage.name}`,
        ...describeFlags(Object.fromEntries(own)),
        "",
      ];
    }),
  ];
}

function describeStage(study: Pipeline, command: string): string[] {
  const stage = findStage(study, command);
  const parameters = parametersOf(study, stage);
  const own = describeFlags({
    ...parameters,
    ...(stage.reproduce &&
      { [stage.reproduce.flag]: stage.reproduce.parameter }),
  });
  return [
    ...wrap(asSentence(stage.summary), COLUMNS),
    ...(stage.needs.length > 0
      ? wrap(
        `Reads what these stages made: ${stage.needs.join(", ")}.`,
        COLUMNS,
      )
      : []),
    "",
    ...(own.length > 0 ? [`Flags of ${command}`, ...own, ""] : []),
  ];
}

function asSentence(summary: string): string {
  return `${summary[0].toUpperCase()}${summary.slice(1)}.`;
}

/** The lines of some flags. */
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
    describeBounds(parameter),
    kind === "switch" || String(value) === "" ? "" : `default ${value}`,
  ].filter(Boolean);
  return parts.length > 0 ? ` (${parts.join("; ")})` : "";
}
