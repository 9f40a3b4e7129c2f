/** The flags of the stage `panels`. */

import { InputError } from "../cli/errors.ts";
import { integer, list } from "../cli/parameters.ts";

/** The most genes a tissue that a panel may have. */
const MOST = 100_000;

export const panelsParameters = {
  sizes: {
    ...list(
      "N",
      "genes a tissue of the panels, whole numbers; the whole set is judged, too",
    ),
    default: ["1", "2", "3", "5", "10", "30"] as readonly string[],
  },
  sets: integer(
    199,
    { minimum: 2, maximum: 1_000_000 },
    "random panels that each panel is compared with",
  ),
  repeats: integer(
    3,
    { minimum: 1, maximum: 10_000 },
    "k-means runs a panel, whose mean scores count",
  ),
};

/**
 * The sizes as numbers, ascending and each once, so that no result depends on
 * the order in which the user names them.
 *
 * @throws {InputError} If one is not a whole number that a panel may have, or
 * none is named.
 */
export function readSizes(sizes: readonly string[]): number[] {
  const wrong = sizes.find((size) => !/^[1-9]\d*$/.test(size) || +size > MOST);
  if (wrong !== undefined || sizes.length === 0) {
    throw new InputError(
      `Cannot read sizes: it is ${wrong ?? "empty"} and should be whole ` +
        `numbers from 1 to ${MOST}, such as 1,2,5`,
    );
  }
  return [...new Set(sizes.map(Number))].sort((a, b) => a - b);
}
