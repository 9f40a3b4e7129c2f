/** Tissues by name, where there may be many. */

import { escapeText } from "../../report/markdown.ts";

/** How many are named. */
const NAMED = 5;

/** The first ones: `a, b, c, d, e, ...`. */
export function nameFew(tissues: readonly string[]): string {
  return tissues.slice(0, NAMED).map(escapeText).join(", ") +
    (tissues.length > NAMED ? ", ..." : "");
}
