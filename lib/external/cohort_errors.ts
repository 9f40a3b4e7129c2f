/** The errors of `prepare`'s readers in the words of the other cohort's flags. */

import { InputError, type Remedy, rerun } from "../cli/errors.ts";
import type { ParameterValue } from "../cli/parameters.ts";
import { externalParameters } from "./parameters.ts";

/** The flags that are called otherwise here. */
const NAMES: Readonly<Record<string, string>> = {
  input: "external",
  samples: "external-samples",
  label: "external-label",
};

/**
 * An error of the readers, for the file of `--external`: its flags are named
 * as this stage calls them. Whatever else was thrown stays as it is.
 */
export function asCohortError(error: unknown): unknown {
  if (!(error instanceof InputError)) return error;
  const message = inWords(error.message).replace(/^C(?=annot )/, "c");
  return new InputError(
    `Cannot judge by another cohort: ${message}`,
    remedyOf(error),
  );
}

function remedyOf({ rerun: command, remedy }: InputError): Remedy | undefined {
  if (command === undefined) return remedy && inWords(remedy);
  const flags: Record<string, ParameterValue> = {};
  for (const [flag, value] of Object.entries(command.flags)) {
    const name = NAMES[flag] ?? flag;
    if (!Object.hasOwn(externalParameters, name)) {
      return "Change the file of --external";
    }
    flags[name] = value;
  }
  return rerun("external", flags);
}

function inWords(text: string): string {
  return text
    .replace(
      /--(input|samples|label)(?![\w-])/g,
      (_, flag) => `--${NAMES[flag]}`,
    )
    .replace(/--prepare\.([\w-]+)/g, "--external.$1");
}
