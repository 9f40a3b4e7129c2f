/** The user's files among a stage's parameters. */

import { basename, isAbsolute, relative, resolve } from "node:path";
import type { Parameter, Parameters, ParameterValue } from "./parameters.ts";

type AnyValues = Readonly<Record<string, ParameterValue>>;

/** Marks an input that is not the value of a parameter. */
const OTHER = "file";

/** Whether a parameter names a file of the user's, or several. */
export function namesFile(parameter: Parameter): boolean {
  return (parameter.kind === "text" || parameter.kind === "list") &&
    parameter.placeholder === "FILE";
}

/**
 * The parameters' values as a record may hold them: a path within the working
 * folder relative to it, any other path as the file's bare name.
 */
export function portableValues(
  parameters: Parameters,
  values: AnyValues,
): Record<string, ParameterValue> {
  return Object.fromEntries(
    Object.keys(parameters).map((name) => {
      const value = values[name];
      if (!namesFile(parameters[name])) return [name, value];
      const paths = pathsOf(value).map(portablePath);
      return [name, parameters[name].kind === "list" ? paths : paths[0]];
    }),
  );
}

/** The user's files that values name, each with its parameter. */
export function namedFiles(
  parameters: Parameters,
  values: AnyValues,
): { readonly name: string; readonly path: string }[] {
  return Object.keys(parameters).filter((name) => namesFile(parameters[name]))
    .flatMap((name) => pathsOf(values[name]).map((path) => ({ name, path })));
}

/**
 * The name under which a record lists a file of the user's: the flag, a colon
 * and the file's bare name (`input:matrix.csv`).
 */
export function userInputKey(
  parameters: Parameters,
  values: AnyValues,
  path: string,
): string {
  const file = namedFiles(parameters, values)
    .find((file) => file.path === path);
  return `${file?.name ?? OTHER}:${basename(path)}`;
}

/**
 * Where the file that a record lists is now, by the stage's present values.
 *
 * @returns `undefined` if no parameter names such a file now.
 */
export function locateUserInput(
  parameters: Parameters,
  values: AnyValues,
  key: string,
): string | undefined {
  return namedFiles(parameters, values)
    .find(({ name, path }) => `${name}:${basename(path)}` === key)?.path;
}

function pathsOf(value: ParameterValue): readonly string[] {
  return Array.isArray(value) ? value : [String(value)];
}

function portablePath(path: string): string {
  const inside = path === "" ? "" : relative(Deno.cwd(), resolve(path));
  return inside.startsWith("..") || isAbsolute(inside)
    ? basename(path)
    : inside.replaceAll("\\", "/");
}
