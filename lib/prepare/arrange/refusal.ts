/** The error for a matrix that cannot be arranged. */

import { InputError, type Remedy } from "../../cli/errors.ts";
import { escapeControls } from "../../cli/text.ts";

/** @param what What is wrong with the file, without a full stop. */
export function cannotRead(
  path: string,
  what: string,
  remedy?: Remedy,
): InputError {
  return new InputError(
    `Cannot read ${path === "" ? "the matrix" : escapeControls(path)}: ${what}`,
    remedy,
  );
}
