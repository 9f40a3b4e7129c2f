/**
 * The spaces that samples are clustered in. A new one is a file of its own
 * and one line in `spaces`.
 */

import type { Space } from "./space.ts";
import { umapSpace } from "./umap_space.ts";

/** All spaces. */
export const spaces: readonly Space[] = [umapSpace];

/**
 * The space of that name.
 *
 * @throws {RangeError} If there is none.
 *
 * @example
 * ```ts
 * import { findSpace } from "./spaces.ts";
 * console.assert(findSpace("umap").name === "umap");
 * ```
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
