/** The parameters of the stage `clusters`. */

import { namedList } from "../cli/named_choices.ts";
import { choice, integer, number } from "../cli/parameters.ts";
import { kMeansMethods } from "../ml/kmeans/methods.ts";
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
    algorithm: choice(
      "hartigan",
      kMeansMethods,
      "k-means by Hartigan's method, which finds the best clusters far more often, or by Lloyd's",
    ),
    "n-init": integer(
      30,
      { minimum: 1, maximum: 1_000_000 },
      `starts of each k-means in ${
        namesOf(spaces, false)
      }, of which the best counts`,
    ),
    "n-init-high-dim": integer(
      0,
      { minimum: 0, maximum: 1_000_000 },
      `the same in ${
        namesOf(spaces, true)
      }, where few starts are good ones; 0 for 100, and fewer from 500 samples on`,
    ),
    "max-iterations": integer(
      10_000,
      { minimum: 1, maximum: 1_000_000 },
      "iterations after which a start of k-means ends",
    ),
    layouts: integer(
      0,
      { minimum: 0, maximum: 10_000 },
      `layouts of each gene set in ${
        spaces.filter(({ random }) => random).map(({ name }) => name).join(", ")
      }, random sets of ttest included; their mean score counts; 0 for 8, 4 from 1,000 samples on, 2 from 2,500`,
    ),
    "layout-epochs": integer(
      200,
      { minimum: 0, maximum: 100_000 },
      "epochs of a layout; 0 for as many as umap-js takes: 500 for up to 2,500 samples",
    ),
    "layout-repeats": integer(
      1,
      { minimum: 1, maximum: 10_000 },
      "k-means runs of each layout, each with its own seed",
    ),
    repeats: integer(
      3,
      { minimum: 1, maximum: 10_000 },
      `k-means runs of each gene set in ${
        spaces.filter(({ random }) => !random).map(({ name }) => name)
          .join(", ")
      }, where nothing else is random`,
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
