/** Finds the user's files that a stage has read. */

import { InputError, RunError } from "../../cli/errors.ts";
import { bareName, filesOfInput, portablePath } from "../../cli/input_files.ts";
import type { StageRecord } from "../../store/record.ts";
import {
  type AllowedInputs,
  type InputPlaces,
  realPathOf,
} from "./allowed_inputs.ts";
import { showPath } from "./show.ts";

/**
 * Where a file is that a flag named when the stage ran. It and all files that
 * were read with it are checked.
 *
 * @param path As the record has it.
 * @throws {InputError} If it is not in the working folder or that of `--data`.
 * @throws {RunError} If it is not the file that the stage has read.
 */
export async function findInput(
  flag: string,
  path: string,
  record: StageRecord,
  { data, paths }: InputPlaces,
  allowed: AllowedInputs,
): Promise<string> {
  const name = bareName(path);
  const failed = `Cannot make ${record.stage} again`;
  if (!Object.hasOwn(record.inputs, `${flag}:${name}`)) {
    throw new RunError(`${failed}: its record does not say what it read`);
  }
  const candidates = [
    ...(data === "" ? [] : [`${data}/${name}`]),
    path,
    // In the working folder the record would have the whole path.
    ...(paths.get(name) ?? []).filter((other) => portablePath(other) === path),
  ];
  for (const candidate of candidates) {
    const real = await realPathOf(candidate);
    if (real === undefined || !allowed.holds(real)) continue;
    const { isDirectory } = await Deno.stat(real);
    if (isDirectory) await allowed.checkFolder(candidate, real);
    for (
      const { path, sha256 } of filesOfInput(
        flag,
        name,
        record.inputs,
        candidate,
      )
    ) await allowed.checkFile(path, sha256);
    return candidate;
  }
  throw new InputError(
    `${failed}: it read ${showPath(name)}, which is ${
      data === "" ? "not" : `neither in ${showPath(data)} nor`
    } in the working folder where it was`,
    "give the folder that holds it: --data DIR",
  );
}
