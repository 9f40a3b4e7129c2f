/** What `genesets.json` says of the boosted trees. */

import { integer, list, number, object, text } from "../../store/fields.ts";

/** How the boosted trees were fitted. */
export const treesSummary = object({
  fits: integer("fits, each to a half of the samples"),
  rounds: integer("rounds of each: a tree a tissue"),
  small_leaves: list(
    object({
      tissue: text("a tissue with fewer than 40 samples in a half"),
      samples_in_half: number("its samples in a half, mean over the fits"),
      min_data_in_leaf: number(
        "samples in a leaf of its trees, at least; mean over the fits",
      ),
    }),
    "tissues whose trees have leaves of fewer than 20 samples",
  ),
}, "how the boosted trees were fitted; null without them");
