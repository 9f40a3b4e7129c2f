/** Finds what is wrong with a command before any stage runs. */

import { InputError } from "../cli/errors.ts";
import { bareName, namedFiles } from "../cli/input_files.ts";
import { isMissing } from "../cli/system_error.ts";
import { quote } from "../cli/text.ts";
import { currentHash } from "../store/record.ts";
import type { StageRequest } from "./request.ts";

/**
 * Refuses values that do not go together, and files of the user's that are
 * not there: a later stage would find out hours later.
 *
 * @throws {InputError} If something is wrong.
 */
export async function checkValues(
  requests: readonly StageRequest[],
): Promise<void> {
  const valuesOf = (name: string) =>
    requests.find(({ stage }) => stage.name === name)?.values;
  for (const { stage, values } of requests) {
    await stage.check?.(values, valuesOf);
    const keys = new Set<string>();
    for (const { name, path } of namedFiles(stage.parameters, values)) {
      if (path === "") continue;
      await checkFile(path);
      // A record lists them by their bare names.
      const key = `${name}:${bareName(path)}`;
      if (keys.has(key)) {
        throw new InputError(
          `Cannot use --${name}: two files are named ${quote(bareName(path))}`,
          "rename one of them",
        );
      }
      keys.add(key);
    }
  }
}

/**
 * Refuses values of later stages that do not go together with what a stage has
 * made, before the stages between them run.
 *
 * @param made The stage's name.
 * @throws {InputError} If something is wrong.
 */
export async function checkValuesAfter(
  made: string,
  requests: readonly StageRequest[],
): Promise<void> {
  for (const { stage: { checkAfter }, values, runFolder } of requests) {
    if (checkAfter?.stage !== made) continue;
    await checkAfter.check(
      values,
      async ({ file }) => await currentHash(runFolder, file) !== undefined,
    );
  }
}

/** Any other problem with the file is reported by the stage that reads it. */
async function checkFile(path: string): Promise<void> {
  try {
    await Deno.stat(path);
  } catch (error) {
    if (!isMissing(error)) return;
    throw new InputError(`Cannot read ${path}: there is no such file`);
  }
}
