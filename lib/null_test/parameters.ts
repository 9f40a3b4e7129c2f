/** The parameters of the stage `ttest`. */

import { namedList } from "../cli/named_choices.ts";
import { integer, list } from "../cli/parameters.ts";
import { shapMethod } from "../gene_sets/shap.ts";
import type { NullModel } from "./null_models/null_model.ts";
import { FEWEST_SETS } from "./significance.ts";

/** The samples are clustered as the flags of the stage `clusters` say. */
export function ttestParameters(nullModels: readonly NullModel[]) {
  return {
    "gene-sets": {
      ...list(
        "NAME",
        "gene sets to test: shap, or names of your files without extension",
      ),
      default: [shapMethod.name] as readonly string[],
    },
    "null-models": namedList(
      "NAME",
      "random gene sets to test against",
      nullModels,
    ),
    sets: integer(
      999,
      { minimum: 2, maximum: 1_000_000 },
      "random gene sets of each null model, at most: fewer are drawn where fewer give a clear answer",
    ),
    "first-look": integer(
      199,
      // With fewer a test could end before it can be significant.
      { minimum: FEWEST_SETS, maximum: 1_000_000 },
      "random gene sets after which a test ends if its answer is clear; as many as sets or more: there is no such look",
    ),
    genes: integer(
      0,
      { minimum: 0, maximum: 1_000_000 },
      "genes in each random set, if the null model allows it; 0 for as many as the gene set has",
    ),
  };
}

/** `deno task ttest --reproduce 17`. */
export const reproduceFlag = {
  flag: "reproduce",
  parameter: integer(
    0,
    { minimum: 1, maximum: 1_000_000 },
    "scores this random set of each null model again, by the seeds in " +
      "null.csv, and reports whether it comes out the same; writes nothing",
  ),
};
