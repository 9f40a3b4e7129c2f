/** The verdict on the gene set's size. */

import type { GeneSetFindings } from "../findings/gene_set.ts";
import { count, counted, percent } from "../numbers.ts";

/** What the verdict needs of the planted genes. */
type Planted = Pick<
  NonNullable<GeneSetFindings["planted"]>,
  "recall_in_set" | "precision_at_10"
>;

/**
 * How large the set is, and whether it can be called specific.
 */
export function geneSetVerdict(
  found:
    & Pick<GeneSetFindings, "genes" | "of" | "share" | "listed_ranks">
    & { readonly planted?: Planted },
): string {
  const { planted } = found;
  return `The ${counted(found.listed_ranks, "best gene")} of each tissue, by ` +
    `the cut, make a set of ${counted(found.genes, "gene")} of ` +
    `${count(found.of)} (${percent(found.share)}).` +
    (found.share > 0.5
      ? " That is more than half of all genes: such a set is hardly specific."
      : "") +
    (planted
      ? ` It holds ${percent(planted.recall_in_set)} of the planted genes, ` +
        `where chance would give ${percent(found.share)}; of a tissue's 10 ` +
        `best genes ${percent(planted.precision_at_10)} were planted in it.`
      : "");
}
