/** The check of a simulated run: were the planted genes found? */

import { details, escapeText, paragraphs, table } from "../markdown.ts";
import { count, counted, fixed, percent } from "../numbers.ts";
import { meanRecovery, recoveryByTissue, recoveryDepths } from "../recovery.ts";
import type { Rows } from "../run_files.ts";

/**
 * Writes the part on the planted genes.
 *
 * @param truth `simulate/truth.csv`: a planted gene a row.
 * @param ranks Genes by tissue, best first.
 * @param set `shap/shap_genes.csv`: the genes of the set.
 * @param share The gene set's share of all genes: what chance would find.
 *
 * @example
 * ```ts
 * import { plantedGenes } from "./planted_genes.ts";
 * const text = plantedGenes(
 *   [{ gene: "g1", tissue: "leaf" }],
 *   new Map([["leaf", ["g1"]]]),
 *   [{ gene: "g1" }],
 *   0.25,
 * );
 * console.assert(text.includes("100 %") && text.includes("about 25 %"));
 * ```
 */
export function plantedGenes(
  truth: Rows,
  ranks: ReadonlyMap<string, readonly string[]>,
  set: Rows,
  share: number,
): string {
  const rows = recoveryByTissue(truth, ranks, set);
  const means = meanRecovery(rows);
  if (means === undefined) return "";
  const most = Math.max(...rows.map(({ planted }) => planted));
  return paragraphs(
    "### Planted genes found",
    `The simulation planted marker genes in each tissue. Of a tissue's ` +
      `${recoveryDepths[0]} best genes, ${percent(means.precision_at_10)} ` +
      `were planted in it (mean over the tissues); of its ` +
      `${recoveryDepths[1]} best, ${percent(means.precision_at_15)}. The ` +
      `gene set holds ${percent(means.recall_in_set)} of a tissue's planted ` +
      `genes; a random set of its size would hold about ${percent(share)}.`,
    most < recoveryDepths[1]
      ? `No tissue has more than ${counted(most, "planted gene")}, so the ` +
        `precision cannot reach 100 %.`
      : "",
    details(
      "Planted genes found in each tissue",
      table(
        [
          { title: "tissue" },
          { title: "planted", align: "right" },
          ...recoveryDepths.map((depth) => ({
            title: `precision at ${depth}`,
            align: "right" as const,
          })),
          { title: "recall in the set", align: "right" },
        ],
        rows.map((row) => [
          escapeText(row.tissue),
          count(row.planted),
          ...row.precision.map((value) => fixed(value, 2)),
          fixed(row.recall, 2),
        ]),
      ),
    ),
  );
}
