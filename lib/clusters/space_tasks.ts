/** What is to be done for a gene set, space by space, with its seeds. */

import type { SpaceTask } from "./score_gene_set.ts";
import type { Space } from "./spaces/space.ts";
import { umapSpace } from "./spaces/umap.ts";

/** K-means runs a gene set and space. */
export interface Repeats {
  /** In spaces of few dimensions. */
  readonly lowDim: number;
  /** In spaces of many dimensions. */
  readonly highDim: number;
}

/**
 * The tasks of a gene set. Each space has its own streams: its name for the
 * embedding, and `kmeans/pca/1`, `kmeans/pca/2` ... for k-means. UMAP's are
 * `kmeans/1`, `kmeans/2` ...
 *
 * @param seedOf The seed of a stream of this gene set.
 */
export function planSpaces(
  spaces: readonly Space[],
  repeats: Repeats,
  seedOf: (stream: string) => number,
): SpaceTask[] {
  return spaces.map(({ name, random, highDimensional }) => {
    const stream = name === umapSpace.name ? "kmeans" : `kmeans/${name}`;
    return {
      space: name,
      embeddingSeed: random ? seedOf(name) : null,
      kmeansSeeds: Array.from(
        { length: highDimensional ? repeats.highDim : repeats.lowDim },
        (_, repeat) => seedOf(`${stream}/${repeat + 1}`),
      ),
    };
  });
}
