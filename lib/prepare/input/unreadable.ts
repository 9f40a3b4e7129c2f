/** The error for a user's file that cannot be read. */

import { InputError } from "../../cli/errors.ts";
import { escapeControls } from "../../cli/text.ts";

/**
 * @param path The file.
 * @param what What is wrong with it, without a full stop.
 * @param remedy What the user can do about it.
 */
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
