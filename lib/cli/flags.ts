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
 * @param parameters What the command knows, by flag without the dashes.
 * @throws {InputError} If a flag is unknown, lacks its value, is out of its
 * bounds or is repeated, or if an argument is no flag.
 */
export function readFlags(
  args: readonly string[],
  parameters: Parameters,
  command: string,
): GivenValues {
  const refuse = (problem: string, what = "the flags"): never => {
    const help = formatCommand(command, [["help", true]]);
    throw new InputError(`Cannot read ${what}: ${problem}`, help);
  };
  const given = new Map<string, ParameterValue>();
  for (let index = 0; index < args.length; index++) {
    const argument = args[index];
    // Some task runners need "--" before the flags, so users type it here, too.
    if (argument === "--") continue;
    if (argument === "-h") {
      given.set("help", true);
      continue;
    }
    if (!argument.startsWith("-")) {
      const example = Object.keys(parameters)[0] ?? "help";
      refuse(
        `"${argument}" stands alone where a flag such as --${example} should be`,
      );
    }
    const [flag] = argument.split("=", 1);
    const name = flag.replace(/^--?/, "");
    if (!flag.startsWith("--") || !Object.hasOwn(parameters, name)) {
      const nearest = nearestName(name, Object.keys(parameters));
      refuse(
        `${flag} is not a flag of "${command}"` +
          (nearest === undefined ? "" : `; did you mean --${nearest}?`),
      );
    }
    const parameter = parameters[name];
    let written = "true";
    if (argument !== flag) {
      written = argument.slice(flag.length + 1);
    } else if (parameter.kind !== "switch") {
      written = args[++index] ?? "--";
      if (written.startsWith("--")) {
        const { placeholder = "one" } = parameter;
        refuse(`no value is given where ${placeholder} should be`, flag);
      }
    }
    const read = readWritten(parameter, written);
    if ("problem" in read) return refuse(read.problem, flag);
    const earlier = given.get(name);
    if (earlier === undefined) {
      given.set(name, read.value);
    } else if (parameter.kind === "list") {
      given.set(name, [
        ...earlier as readonly string[],
        ...read.value as readonly string[],
      ]);
    } else if (name !== "help") {
      refuse("it is given twice and should be given once", flag);
    }
  }
  return given;
}
