/** The parameters of the stage `ttest`. */

import { integer, list } from "../cli/parameters.ts";

/** The parameters of the stage. */
export const ttestParameters = {
  nulls: {
    ...list(
      "NULL",
      "random gene sets to test against: uniform (any genes), matched (genes of the SHAP set's mean and sd)",
    ),
    default: ["uniform", "matched"] as readonly string[],
  },
  sets: integer(100, { minimum: 2 }, "random gene sets in each null"),
  repeats: integer(
    10,
    { minimum: 1 },
    "k-means runs a gene set in umap, whose mean V-measure counts",
  ),
  "wide-repeats": integer(
    3,
    { minimum: 1 },
    "the same in pca and genes, where a run takes far longer",
  ),
  genes: integer(
    0,
    { minimum: 0 },
    "genes in each uniform set; 0 for as many as the SHAP set has",
  ),
};
