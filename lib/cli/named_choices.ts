/** Flags that take names from a list, such as spaces and null models. */

import { InputError } from "./errors.ts";
import type { Parameter } from "./parameters.ts";

export interface Named {
  readonly name: string;
  /** What it is, in a few words: a part of the flag's help. */
  readonly help: string;
}

/** Declares a flag that takes names from a list; by default all of them. */
export function namedList(
  placeholder: string,
  help: string,
  known: readonly Named[],
): Parameter<readonly string[]> {
  return {
    kind: "list",
    placeholder,
    default: known.map(({ name }) => name),
    help: `${help}: ${
      known.map(({ name, help }) => `${name} (${help})`).join(", ")
    }`,
  };
}

/**
 * Those of the list that are named, each once and in the order of the list,
 * so that no result depends on the order in which the user names them.
 *
 * @param none The word that alone stands for none of them; default there is no
 * such word.
 * @throws {InputError} If one is unknown, or none is named.
 */
export function chooseNamed<Choice extends { readonly name: string }>(
  flag: string,
  wanted: readonly string[],
  known: readonly Choice[],
  none?: string,
): Choice[] {
  if (none !== undefined && wanted.length === 1 && wanted[0] === none) {
    return [];
  }
  const names = known.map(({ name }) => name);
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined || wanted.length === 0) {
    throw new InputError(
      `Cannot read ${flag}: it is ${unknown ?? "empty"} and should be ${
        none === undefined ? "" : `${none}, or `
      }one or more ` +
        `of ${names.join(", ")}`,
    );
  }
  return known.filter(({ name }) => wanted.includes(name));
}
