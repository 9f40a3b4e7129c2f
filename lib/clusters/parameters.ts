/** The parameters of the stage `clusters`. */

import { namedList } from "../cli/named_choices.ts";
import { choice, integer, number } from "../cli/parameters.ts";
import { geneSetParameters } from "../gene_sets/parameters.ts";
import type { Space } from "./spaces/space.ts";

/** The names of the spaces of few or of many dimensions, for a help text. */
export function namesOf(
  spaces: readonly Space[],
  highDimensional: boolean,
): string {
  return spaces.filter((space) => space.highDimensional === highDimensional)
    .map(({ name }) => name).join(", ");
}

/** How samples are clustered; `ttest` does the same. */
export function clusteringParameters(spaces: readonly Space[]) {
  return {
    samples: choice(
      "test",
      ["test", "all"],
      "samples to cluster; the network was trained on those that are not test",
    ),
    spaces: namedList(
      "SPACE",
      "where samples are clustered, by ttest too",
      spaces,
    ),
    components: integer(
      50,
      { minimum: 2, maximum: 100_000 },
      "principal components in pca, at most one fewer than the samples",
    ),
    k: integer(
      0,
      { minimum: 0, maximum: 100_000 },
      "clusters; 0 for the number of tissues",
    ),
    "n-init": integer(
      100,
      { minimum: 1, maximum: 1_000_000 },
      `random starts of each k-means in ${
        namesOf(spaces, false)
      }, of which the best counts`,
    ),
    "n-init-high-dim": integer(
      10,
      { minimum: 1, maximum: 1_000_000 },
      `the same in ${namesOf(spaces, true)}, where a start takes far longer`,
    ),
    "max-iterations": integer(
      10_000,
      { minimum: 1, maximum: 1_000_000 },
      "iterations after which a start of k-means ends",
    ),
    repeats: integer(
      5,
      { minimum: 1, maximum: 10_000 },
      "k-means runs a gene set and space, each with its own seed",
    ),
    "n-neighbors": integer(
      15,
      { minimum: 2, maximum: 100_000 },
      "neighbors of a sample in UMAP, itself included",
    ),
    "min-dist": number(
      0.1,
      { minimum: 0, maximum: 1 },
      "smallest distance between two points in UMAP",
    ),
  };
}

export function clustersParameters(spaces: readonly Space[]) {
  return { ...geneSetParameters, ...clusteringParameters(spaces) };
}
