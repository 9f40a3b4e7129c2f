/** What is to be done for a gene set, space by space, with its seeds. */

import { layoutsFor } from "./auto_counts.ts";
import type { SpaceTask } from "./score_gene_set.ts";
import type { Space } from "./spaces/space.ts";

/** Runs a gene set and space. All sets that are compared take as many. */
export interface Repeats {
  /** Embeddings in spaces in which something is random. */
  readonly layouts: number;
  /** K-means runs of each of them. */
  readonly ofLayout: number;
  /** K-means runs in spaces in which nothing else is random. */
  readonly elsewhere: number;
}

/**
 * The repeats that the flags of the stage `clusters` ask for.
 *
 * @param samples That are clustered.
 */
export function repeatsOf(
  choices: {
    readonly layouts: number;
    readonly "layout-repeats": number;
    readonly repeats: number;
  },
  samples: number,
): Repeats {
  return {
    layouts: choices.layouts || layoutsFor(samples),
    ofLayout: choices["layout-repeats"],
    elsewhere: choices.repeats,
  };
}

/**
 * The tasks of a gene set. Each embedding and each run has its own stream:
 * `umap/1`, `umap/2` ... and for k-means `kmeans/umap/2/1` in the second layout,
 * `kmeans/pca/1` where nothing else is random.
 *
 * @param seedOf The seed of a stream of this gene set.
 */
export function planSpaces(
  spaces: readonly Space[],
  repeats: Repeats,
  seedOf: (stream: string) => number,
): SpaceTask[] {
  return spaces.map(({ name, random }) => ({
    space: name,
    layouts: Array.from(
      { length: random ? repeats.layouts : 1 },
      (_, layout) => {
        const own = random ? `${name}/${layout + 1}` : name;
        return {
          embeddingSeed: random ? seedOf(own) : null,
          kmeansSeeds: Array.from(
            { length: random ? repeats.ofLayout : repeats.elsewhere },
            (_, repeat) => seedOf(`kmeans/${own}/${repeat + 1}`),
          ),
        };
      },
    ),
  }));
}
