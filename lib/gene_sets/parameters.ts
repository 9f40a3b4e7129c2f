/** The parameters of the methods that select gene sets. */

import { integer, list } from "../cli/parameters.ts";

/** Flags of the stage `clusters`. */
export const geneSetParameters = {
  sets: list(
    "FILE",
    "gene sets of your own: one gene a line, a table with a column gene, or GMT with a set a line",
  ),
  "random-sets": integer(
    5,
    { minimum: 0, maximum: 10_000 },
    "random gene sets to compare with the SHAP set",
  ),
  "random-genes": integer(
    0,
    { minimum: 0, maximum: 1_000_000 },
    "genes in a random set; 0 for as many as the SHAP set has",
  ),
};
