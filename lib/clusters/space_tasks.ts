/** The work that a gene set is, space by space, with its seeds. */

import type { SpaceTask } from "./score_gene_set.ts";
import { findSpace, spaces } from "./spaces/spaces.ts";

/** K-means runs a gene set and space. */
export interface Repeats {
  /** In spaces of few dimensions. */
  readonly narrow: number;
  /** In spaces of many dimensions. */
  readonly wide: number;
}

/**
 * The tasks of a gene set. Each space has streams of its own: `umap` and
 * `kmeans/1`, `kmeans/2` ... for the first of all spaces, `kmeans/pca/1` and
 * so on for the others.
 *
 * @param names Names of spaces, in the order of the tasks.
 * @param seedOf The seed of a stream of this gene set.
 */
export function planSpaces(
  names: readonly string[],
  repeats: Repeats,
  seedOf: (stream: string) => number,
): SpaceTask[] {
  return names.map((name) => {
    const space = findSpace(name);
    const stream = space === spaces[0] ? "kmeans" : `kmeans/${name}`;
    return {
      space: name,
      embeddingSeed: space.random ? seedOf(name) : null,
      kmeansSeeds: Array.from(
        { length: space.wide ? repeats.wide : repeats.narrow },
        (_, repeat) => seedOf(`${stream}/${repeat + 1}`),
      ),
    };
  });
}
