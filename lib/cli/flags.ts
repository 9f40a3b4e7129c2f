/** Reads a command's flags against their declarations. */

import { InputError } from "./errors.ts";
import { formatCommand } from "./shell.ts";
import { nearestName } from "./nearest_name.ts";
import type { Parameters, ParameterValue } from "./parameters.ts";
import { readWritten } from "./parameter_values.ts";

/** Values by the name of their flag or key; only those that were given. */
export type GivenValues = ReadonlyMap<string, ParameterValue>;

/**
 * Reads flags: `--name value` or `--name=value`. A switch takes no value. A
 * list takes commas or is repeated; any other flag is given once.
 *
 * @param args The command's arguments.
 * @param parameters What the command knows, by flag without the dashes.
 * @param command The command's name, for the error messages.
 * @throws {InputError} If a flag is unknown, lacks its value, is out of its
 * bounds or is repeated, or if an argument is no flag.
 */
export function readFlags(
  args: readonly string[],
  parameters: Parameters,
  command: string,
): GivenValues {
  const help = helpOf(command);
  const given = new Map<string, ParameterValue>();
  for (let index = 0; index < args.length; index++) {
    const argument = args[index];
    // Other runners want "--" before the flags, so fingers type it here, too.
    if (argument === "--") continue;
    if (argument === "-h") {
      given.set("help", true);
      continue;
    }
    if (!argument.startsWith("-")) {
      throw new InputError(
        `Cannot read the flags: "${argument}" stands alone where a flag such as --${
          Object.keys(parameters)[0] ?? "help"
        } should be`,
        help,
      );
    }
    const equals = argument.indexOf("=");
    const name = argument.slice(0, equals < 0 ? undefined : equals)
      .replace(/^--?/, "");
    if (!argument.startsWith("--") || !Object.hasOwn(parameters, name)) {
      throw unknownFlag(argument.split("=")[0], name, parameters, command);
    }
    const parameter = parameters[name];
    let written: string;
    if (equals >= 0) {
      written = argument.slice(equals + 1);
    } else if (parameter.kind === "switch") {
      written = "true";
    } else {
      const next = args[index + 1];
      if (next === undefined || next.startsWith("--")) {
        throw new InputError(
          `Cannot read --${name}: no value is given where ${
            parameter.placeholder ?? "one"
          } should be`,
          help,
        );
      }
      written = next;
      index++;
    }
    const read = readWritten(parameter, written);
    if ("problem" in read) {
      throw new InputError(`Cannot read --${name}: ${read.problem}`, help);
    }
    const earlier = given.get(name);
    if (earlier === undefined) {
      given.set(name, read.value);
    } else if (parameter.kind === "list") {
      given.set(name, [
        ...earlier as readonly string[],
        ...read.value as readonly string[],
      ]);
    } else if (name !== "help") {
      throw new InputError(
        `Cannot read --${name}: it is given twice and should be given once`,
        help,
      );
    }
  }
  return given;
}

/** The error for a flag that the command does not know. */
function unknownFlag(
  flag: string,
  name: string,
  parameters: Parameters,
  command: string,
): InputError {
  const nearest = nearestName(name, Object.keys(parameters));
  return new InputError(
    `Cannot read the flags: ${flag} is not a flag of "${command}"` +
      (nearest === undefined ? "" : `; did you mean --${nearest}?`),
    helpOf(command),
  );
}

function helpOf(command: string): string {
  return formatCommand(command, [["help", true]]);
}
