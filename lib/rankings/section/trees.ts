/** The report's part on the rankings by boosted trees. */

import { fixed } from "../../cli/numbers.ts";
import { countOf } from "../../cli/text.ts";
import { escapeText, paragraphs } from "../../report/markdown.ts";
import type { GenesetsSummary } from "../outputs.ts";

type SmallLeaf = NonNullable<GenesetsSummary["trees"]>["small_leaves"][number];

/** How the trees were fitted, and what to mind; empty without them. */
export function treesPart({ trees }: Pick<GenesetsSummary, "trees">): string {
  if (trees === null) return "";
  const { fits, rounds, small_leaves } = trees;
  return paragraphs(
    "### Boosted trees",
    "Boosted trees, grown as LightGBM grows them, were fitted " +
      `${countOf(fits, "time")}, each time to half of the samples for ` +
      `${countOf(rounds, "round")} of one tree a tissue. One fit is no ` +
      "ranking: where several genes tell a tissue from the others equally " +
      "well, the order of the columns decides which one a tree takes. So " +
      "genes that split equally share the gain, the order is drawn again for " +
      "each fit, and the fits are averaged. A gene that no tree uses has no " +
      "rank; these lists may end early.",
    small_leaves.length === 0 ? "" : smallLeaves(small_leaves),
  );
}

function smallLeaves(tissues: readonly SmallLeaf[]): string {
  const bySize = tissues.toSorted((a, b) =>
    a.min_data_in_leaf - b.min_data_in_leaf
  );
  const named = ({ tissue, samples_in_half, min_data_in_leaf }: SmallLeaf) =>
    `${countOf(Math.round(min_data_in_leaf), "sample")} in ` +
    `${escapeText(tissue)}, which ` +
    `has ${fixed(samples_in_half, 0)} in a half`;
  const [first] = bySize;
  const last = bySize[bySize.length - 1];
  return "LightGBM's leaves have at least 20 samples, which is too many where " +
    "a half has fewer than 40 of a tissue. The trees of " +
    `${countOf(tissues.length, "tissue")} may have leaves of half of the ` +
    `tissue's samples: from at least ${named(first)}` +
    (last === first ? "." : `, to ${named(last)}.`);
}
