/** The error for a user's file that cannot be read, and its remedies. */

import { InputError, type Remedy } from "../../cli/errors.ts";
import { escapeControls, quote } from "../../cli/text.ts";
import { nearName } from "../labels/named.ts";

/** @param what What is wrong with the file, without a full stop. */
export function unreadable(
  path: string,
  what: string,
  remedy?: Remedy,
): InputError {
  return new InputError(
    `Cannot read ${escapeControls(path)}: ${what}`,
    remedy,
  );
}

/** A remedy with the known name that a flag may mean, if one is near. */
export function suggestName(
  name: string,
  known: readonly string[],
  flag: string,
): string | undefined {
  const nearest = nearName(name, known);
  return nearest ? `Did you mean ${flag} ${quote(nearest)}?` : undefined;
}
