/** What can be found wrong before any stage runs. */

import { InputError } from "../cli/errors.ts";
import { namesFile } from "../cli/input_files.ts";
import type { StageRequest } from "./staleness.ts";

/**
 * Refuses values that do not go together, and files of the user's that are
 * not there: a later stage would find out hours later.
 *
 * @param asked The stages that the command may run.
 * @throws {InputError} As said.
 */
export async function checkValues(
  asked: readonly {
    readonly stage: Pick<StageRequest["stage"], "parameters" | "check">;
    readonly values: StageRequest["values"];
  }[],
): Promise<void> {
  for (const { stage, values } of asked) {
    stage.check?.(values);
    for (const [name, parameter] of Object.entries(stage.parameters)) {
      if (!namesFile(parameter)) continue;
      const paths = [values[name]].flat().map(String).filter(Boolean);
      for (const path of paths) await checkFile(path);
    }
  }
}

/** Any other trouble with the file is told by the stage that reads it. */
async function checkFile(path: string): Promise<void> {
  try {
    await Deno.stat(path);
  } catch (error) {
    if (
      error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory
    ) {
      throw new InputError(`Cannot read ${path}: there is no such file`);
    }
  }
}
