/** Guesses which known name a user meant. */

import { distance } from "fastest-levenshtein";

/** A hit in the last part alone counts for a little less than a whole one. */
const PART_PENALTY = 0.5;

/**
 * The known name that takes the fewest changes to reach. Where names are
 * dotted, the part after the dot counts, too: `epoch` finds `cnn.epochs`.
 *
 * @param names The known names; the first of equally near ones wins.
 * @returns `undefined` if no names are known.
 */
export function nearestName(
  unknown: string,
  names: Iterable<string>,
): string | undefined {
  let nearest: string | undefined;
  let least = Infinity;
  for (const name of names) {
    const changes = Math.min(
      distance(unknown, name),
      distance(lastPart(unknown), lastPart(name)) + PART_PENALTY,
    );
    if (changes < least) [nearest, least] = [name, changes];
  }
  return nearest;
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
