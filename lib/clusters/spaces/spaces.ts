/**
 * The spaces that samples are clustered in. A new one is a file of its own
 * and one line in `spaces`.
 */

import { InputError } from "../../cli/errors.ts";
import { genesSpace } from "./genes.ts";
import { pcaSpace } from "./pca.ts";
import type { Space } from "./space.ts";
import { umapSpace } from "./umap.ts";

/** All spaces; the study's own comes first. */
export const spaces: readonly Space[] = [umapSpace, pcaSpace, genesSpace];

/**
 * The space of that name.
 *
 * @throws {RangeError} If there is none.
 */
export function findSpace(name: string): Space {
  const found = spaces.find((space) => space.name === name);
  if (found === undefined) {
    throw new RangeError(
      `Cannot find the space ${name}: there are ${
        spaces.map((space) => space.name).join(", ")
      }`,
    );
  }
  return found;
}

/**
 * The things of those names, each once and in the order of the list, so that
 * no result depends on the order in which the user names them.
 *
 * @param flag The flag that names them, for messages.
 * @throws {InputError} If one is not known, or none is named.
 */
export function chooseNamed<Named extends { readonly name: string }>(
  flag: string,
  wanted: readonly string[],
  known: readonly Named[],
): Named[] {
  const names = known.map(({ name }) => name);
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined || wanted.length === 0) {
    throw new InputError(
      `Cannot read ${flag}: it is ${
        unknown ?? "empty"
      } and should be one or more of ${names.join(", ")}`,
    );
  }
  return known.filter(({ name }) => wanted.includes(name));
}
