/** Names and values of somebody else's run, escaped and cut for a message. */

import { truncateText, withCommas } from "../../cli/text.ts";

/** Characters shown of a longer value, name and path. */
const LONGEST_VALUE = 60;
const LONGEST_NAME = 80;
const LONGEST_PATH = 200;

export function showValue(value: unknown): string {
  return truncateText(String(JSON.stringify(value)), LONGEST_VALUE);
}

export function showName(name: string): string {
  return truncateText(name, LONGEST_NAME);
}

export function showPath(path: string): string {
  return truncateText(path, LONGEST_PATH);
}

/** The first of several names: `a, b and 3 more`. */
export function showNames(names: readonly string[], most: number): string {
  const more = names.length - most;
  return names.slice(0, most).map(showName).join(", ") +
    (more > 0 ? ` and ${withCommas(more)} more` : "");
}
