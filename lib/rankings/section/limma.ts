/** What the report says of limma's fit. */

import { fixed } from "../../cli/numbers.ts";
import { countOf, withCommas } from "../../cli/text.ts";
import type { GenesetsSummary } from "../outputs.ts";

/** What limma learned of all genes. */
export function limmaPart({ limma }: GenesetsSummary): string {
  if (limma === null) return "";
  const { genes, constant_genes, correlation, prior_df, total_df } = limma;
  return `limma was fitted to ${countOf(genes, "gene")}` +
    (constant_genes > 0
      ? `, without ${withCommas(constant_genes)} that are the same in all ` +
        "samples"
      : "") +
    "; the prior variance, estimated from all genes, has " +
    `${prior_df === null ? "infinitely many" : fixed(prior_df, 1)} ` +
    `degrees of freedom (${fixed(total_df, 1)} with the residual ones)` +
    (correlation === null
      ? "."
      : `. Its t allows for the correlation of two samples of a group, ${
        fixed(correlation, 2)
      } over all genes.`);
}
