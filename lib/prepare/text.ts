/** How a user's own text is shown in a message: safely, shortly, on one line. */

import { closest } from "fastest-levenshtein";
import { truncateText } from "../cli/text.ts";

export { escapeControls } from "../cli/text.ts";

/** Characters shown of a longer text. */
const SHOWN = 40;

/**
 * Puts a text of the user's between single quotes, its control and invisible
 * characters escaped, so that it can neither break the line nor steer a
 * terminal; what is longer than 40 characters is cut.
 */
export function quote(text: string): string {
  return `'${truncateText(text, SHOWN)}'`;
}

/**
 * A remedy that names the known name nearest to the one that was not found.
 *
 * @param name What was asked for.
 * @param known What there is; empty for no remedy.
 * @param flag The flag that asked.
 */
export function suggestName(
  name: string,
  known: readonly string[],
  flag: string,
): string | undefined {
  if (known.length === 0) return undefined;
  return `Did you mean ${flag} ${quote(closest(name, known))}?`;
}
