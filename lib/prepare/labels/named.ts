/** Names of samples and tissues in a message: the first few, and that more are. */

import { distance } from "fastest-levenshtein";
import { nearestName } from "../../cli/nearest_name.ts";
import { byCodeUnit, quote, withCommas } from "../../cli/text.ts";

/** Names that a message shows. */
export const NAMED = 5;
/** A name of which a larger share differs is another one. */
const NEAR = 1 / 3;

/** The first few of a list of texts: `a, b, …`. */
export function listFew(texts: readonly string[], few = NAMED): string {
  return texts.slice(0, few).join(", ") + (texts.length > few ? ", …" : "");
}

/** The first few of a list of names in quotes; an empty one is called so. */
export function listNames(names: readonly string[], few = NAMED): string {
  return listFew(names.map(nameOf), few);
}

/**
 * Names in a sentence: `'a', 'b' and 'c'`, or with how many more there are:
 * `'a', 'b', 'c' and 4 more`.
 *
 * @param most So many are named.
 */
export function joinNames(names: readonly string[], most = NAMED): string {
  const shown = names.slice(0, most).map(quote);
  if (names.length > most) {
    return `${shown.join(", ")} and ${withCommas(names.length - most)} more`;
  }
  const last = shown.pop() ?? "";
  return shown.length === 0 ? last : `${shown.join(", ")} and ${last}`;
}

/** Names in order, each once. */
export function sortedNames(names: Iterable<string>): string[] {
  return [...new Set(names)].sort(byCodeUnit);
}

/** A name in quotes; an empty one is called so. */
export function nameOf(name: string): string {
  return name === "" ? "empty" : quote(name);
}

/**
 * The known name that is meant, if it is near: at most a third of the letters
 * differ, whatever their case.
 */
export function nearName(
  unknown: string,
  known: Iterable<string>,
): string | undefined {
  const byLowerCase = new Map<string, string>();
  for (const name of known) {
    const lower = name.toLowerCase();
    if (!byLowerCase.has(lower)) byLowerCase.set(lower, name);
  }
  const wanted = unknown.toLowerCase();
  const nearest = nearestName(wanted, byLowerCase.keys());
  if (nearest === undefined) return undefined;
  const longest = Math.max(wanted.length, nearest.length);
  return distance(wanted, nearest) <= NEAR * longest
    ? byLowerCase.get(nearest)
    : undefined;
}
