/**
 * The spaces that samples are clustered in. A new one is a file of its own
 * and one line in `spaces`.
 */

import { genesSpace } from "./genes.ts";
import { pcaSpace } from "./pca.ts";
import type { Space } from "./space.ts";
import { umapSpace } from "./umap.ts";

/** All spaces; that of the original study comes first. */
export const spaces: readonly Space[] = [umapSpace, pcaSpace, genesSpace];

/** A list of spaces for workers, too: they import it from its module. */
export interface SpaceList {
  readonly spaces: readonly Space[];
  /** The URL of a module that exports the list as `spaces`. */
  readonly module: string;
}

export const spaceList: SpaceList = { spaces, module: import.meta.url };
