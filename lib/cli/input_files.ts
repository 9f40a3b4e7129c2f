/** The user's files among a stage's parameters. */

import {
  basename,
  dirname,
  isAbsolute,
  join,
  relative,
  resolve,
} from "node:path";
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
 * and the file's bare name (`input:matrix.csv`). A file that was read with it
 * follows: `input:folder/a/b.tsv` below a folder that the flag names,
 * `input:matrix.mtx+features.tsv` beside a file that it names.
 *
 * @param of The path that a flag names, if it is not `path` itself.
 * @throws {TypeError} If `path` is neither below nor beside `of`.
 */
export function userInputKey(
  parameters: Parameters,
  values: AnyValues,
  path: string,
  of = path,
): string {
  const file = namedFiles(parameters, values)
    .find((file) => file.path === of);
  return `${file?.name ?? OTHER}:${bareName(of)}${continuation(of, path)}`;
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
  const named = namedFiles(parameters, values);
  const given = named.find(({ name, path }) =>
    key === `${name}:${bareName(path)}`
  );
  if (given !== undefined) return given.path;
  for (const { name, path } of named) {
    const [file] = filesOfInput(name, bareName(path), { [key]: "" }, path);
    if (file !== undefined) return file.path;
  }
}

/**
 * The files that a record lists for one path that a flag named, and where they
 * would be if that were at another path now.
 *
 * @param name The bare name that it had.
 * @param inputs The SHA-256 by the record's keys.
 * @param path Where it is now.
 */
export function filesOfInput(
  flag: string,
  name: string,
  inputs: Readonly<Record<string, string>>,
  path: string,
): { readonly path: string; readonly sha256: string }[] {
  const start = `${flag}:${name}`;
  return Object.entries(inputs).flatMap(([key, sha256]) => {
    if (!key.startsWith(start)) return [];
    const file = follow(path, key.slice(start.length));
    return file === undefined ? [] : [{ path: file, sha256 }];
  });
}

/** The last part of a path, also of `folder/` and `..`. */
export function bareName(path: string): string {
  return basename(path === "" ? path : resolve(path));
}

/** How a file's key goes on after that of the path it was read with. */
function continuation(of: string, path: string): string {
  const [from, to] = [resolve(of), resolve(path)];
  if (from === to) return "";
  const inside = relative(from, to).replaceAll("\\", "/");
  if (isPlain(inside)) return `/${inside}`;
  if (dirname(from) === dirname(to)) return `+${basename(to)}`;
  throw new TypeError(`${path} is neither below nor beside ${of}`);
}

/** The file that a key leads to; never one outside of the folder. */
function follow(path: string, rest: string): string | undefined {
  if (rest === "") return path;
  const name = rest.slice(1);
  if (!isPlain(name)) return undefined;
  if (rest.startsWith("/")) return join(path, name);
  if (rest.startsWith("+") && !/[/\\]/.test(name)) {
    return join(dirname(resolve(path)), name);
  }
}

/** Whether a relative path stays below the folder that it starts from. */
function isPlain(path: string): boolean {
  return !isAbsolute(path) &&
    path.split(/[/\\]/).every((part) => !["", ".", ".."].includes(part));
}

function pathsOf(value: ParameterValue): readonly string[] {
  return Array.isArray(value) ? value : [String(value)];
}

/**
 * A path as a record may hold it: within the working folder relative to it,
 * any other as its bare name.
 */
export function portablePath(path: string): string {
  if (path === "") return "";
  const inside = relative(Deno.cwd(), resolve(path));
  return inside.startsWith("..") || isAbsolute(inside)
    ? bareName(path)
    : inside.replaceAll("\\", "/") || ".";
}
