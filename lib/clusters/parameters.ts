/** The parameters of the stage `clusters`. */

import { choice, integer, list, number } from "../cli/parameters.ts";

/** The parameters of the stage. */
export const clustersParameters = {
  samples: choice(
    "test",
    ["test", "all"],
    "samples to cluster; the network was trained on those that are not test",
  ),
  sets: list(
    "FILE",
    "gene sets of your own: one gene a line, or a CSV with a column gene",
  ),
  "random-sets": integer(
    5,
    { minimum: 0 },
    "random gene sets to show beside the SHAP set",
  ),
  "random-genes": integer(
    0,
    { minimum: 0 },
    "genes in a random set; 0 for as many as the SHAP set has",
  ),
  spaces: {
    ...list(
      "SPACE",
      "where samples are clustered: umap, pca, genes; ttest does the same",
    ),
    default: ["umap", "pca", "genes"] as readonly string[],
  },
  components: integer(
    50,
    { minimum: 2 },
    "principal components in pca, at most one fewer than the samples",
  ),
  k: integer(0, { minimum: 0 }, "clusters; 0 for the number of tissues"),
  "n-init": integer(
    100,
    { minimum: 1 },
    "random starts of each k-means in umap, of which the best counts",
  ),
  "wide-n-init": integer(
    10,
    { minimum: 1 },
    "the same in pca and genes, where a start takes far longer",
  ),
  "max-iterations": integer(
    10_000,
    { minimum: 1 },
    "iterations after which a start of k-means ends",
  ),
  repeats: integer(
    5,
    { minimum: 1 },
    "k-means runs a gene set and space, each with a seed of its own",
  ),
  neighbors: integer(
    15,
    { minimum: 2 },
    "neighbors a sample in UMAP, itself among them",
  ),
  "min-dist": number(
    0.1,
    { minimum: 0, maximum: 1 },
    "how near two points may come in UMAP",
  ),
};
