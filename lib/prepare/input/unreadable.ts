/** The error for a user's file that cannot be read. */

import { InputError } from "../../cli/errors.ts";
import { escapeControls } from "../../cli/text.ts";

/** @param what What is wrong with the file, without a full stop. */
export function unreadable(
  path: string,
  what: string,
  remedy?: string,
): InputError {
  return new InputError(
    `Cannot read ${escapeControls(path)}: ${what}`,
    remedy,
  );
}
