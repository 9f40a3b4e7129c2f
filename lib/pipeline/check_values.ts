/** Finds what is wrong with a command before any stage runs. */

import { InputError } from "../cli/errors.ts";
import { namedFiles } from "../cli/input_files.ts";
import { isMissing } from "../cli/system_error.ts";
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
  for (const { stage, values } of requests) {
    await stage.check?.(values);
    for (const { path } of namedFiles(stage.parameters, values)) {
      if (path !== "") await checkFile(path);
    }
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
