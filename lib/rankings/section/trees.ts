/** The report's part on the rankings by boosted trees. */

import { fixed } from "../../cli/numbers.ts";
import { countOf } from "../../cli/text.ts";
import { escapeText, paragraphs } from "../../report/markdown.ts";
import type { GenesetsSummary } from "../outputs.ts";

/** How the trees were fitted, and what to mind; empty without them. */
export function treesPart({ trees }: Pick<GenesetsSummary, "trees">): string {
  if (trees === null) return "";
  const { fits, rounds, small_leaves } = trees;
  return paragraphs(
    "### Boosted trees",
    `Boosted trees, grown as LightGBM grows them, were fitted ` +
      `${countOf(fits, "time")}, each time to half of the samples for ` +
      `${countOf(rounds, "round")} of one tree a tissue. One fit is no ` +
      "ranking: where several genes tell a tissue from the others equally " +
      "well, the order of the columns decides which one a tree takes. So " +
      "genes that split equally share the gain, the order is drawn anew for " +
      "each fit, and the fits are averaged. A gene that no tree uses has no " +
      "rank; these lists may end early.",
    small_leaves.length === 0
      ? ""
      : "By default a leaf has at least 20 samples, which is too many where a " +
        "tissue has fewer than 40. Trees of these tissues have smaller " +
        "leaves, of half of the tissue's samples: " +
        small_leaves.map(({ tissue, samples_in_half, min_data_in_leaf }) =>
          `${escapeText(tissue)} (${fixed(samples_in_half, 0)} samples in a ` +
          `half, leaves of at least ${fixed(min_data_in_leaf, 0)})`
        ).join(", ") +
        ".",
  );
}
