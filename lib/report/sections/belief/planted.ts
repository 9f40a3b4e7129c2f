/** The check of a simulated run: were the planted genes found? */

import type { GeneSetFindings } from "../../findings/gene_set.ts";
import { details, escapeText, paragraphs, table } from "../../markdown.ts";
import { count, counted, fixed, percent } from "../../numbers.ts";
import {
  recoveryByDepth,
  recoveryByTissue,
  recoveryDepths,
} from "../../recovery.ts";
import type { RunFiles } from "../../run_files.ts";
import type { Rows } from "../../stage_files.ts";

/** Ranks down to which precision and recall are given, beside the cut. */
const depths = [5, 10, 20, 50, 100];

/**
 * Writes the part on the planted genes.
 *
 * @param truth `simulate/truth.csv`: a planted gene a row.
 * @param shap The ranks and the genes of the set.
 * @param found The gene set's results.
 */
export function plantedPart(
  truth: Rows,
  { ranks, genes }: Pick<NonNullable<RunFiles["shap"]>, "ranks" | "genes">,
  found: GeneSetFindings,
): string {
  const rows = recoveryByTissue(truth, ranks, genes);
  const { planted, share } = found;
  if (planted === undefined) return "";
  const most = Math.max(...rows.map(({ planted }) => planted));
  return paragraphs(
    "### Planted genes found",
    `The simulation planted marker genes in each tissue. Of a tissue's ` +
      `${recoveryDepths[0]} best genes, ${percent(planted.precision_at_10)} ` +
      `were planted in it (mean over the tissues); of its ` +
      `${recoveryDepths[1]} best, ${percent(planted.precision_at_15)}. The ` +
      `gene set holds ${
        percent(planted.recall_in_set)
      } of a tissue's planted ` +
      `genes; a random set of its size would hold about ${percent(share)}.`,
    most < recoveryDepths[1]
      ? `No tissue has more than ${counted(most, "planted gene")}, so the ` +
        `precision cannot reach 100 %.`
      : "",
    byDepth(truth, ranks, found),
    trueRate(found),
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

/** Precision and recall of the ranks, down to the cut and other depths. */
function byDepth(
  truth: Rows,
  ranks: ReadonlyMap<string, readonly string[]>,
  { listed_ranks: cut, of }: GeneSetFindings,
): string {
  const wanted = [...new Set([...depths, cut])].filter((depth) =>
    depth > 0 && depth <= of
  ).sort((a, b) => a - b);
  return paragraphs(
    table(
      [
        { title: "best genes of a tissue", align: "right" },
        { title: "planted in it (precision)", align: "right" },
        { title: "of its planted genes (recall)", align: "right" },
      ],
      recoveryByDepth(truth, ranks, wanted).map((row) => [
        count(row.depth) + (row.depth === cut ? " (the cut)" : ""),
        percent(row.precision),
        percent(row.recall),
      ]),
    ),
  );
}

/** The true share of genes without a part, beside the decoys' estimate. */
function trueRate({ genes, planted, decoys }: GeneSetFindings): string {
  if (!planted) return "";
  const truth = planted.true_false_discovery_rate;
  const wrong = `${count(genes - planted.planted_in_set)} of the ` +
    `${counted(genes, "gene")} in the set were planted in no tissue: its ` +
    `precision is ${percent(planted.precision_of_set)}, its true false ` +
    `discovery rate ${percent(truth)}.`;
  if (!decoys || truth === null) return wrong;
  const estimate = decoys.false_discovery_rate;
  return `${wrong} The decoys, which do not know the truth, estimated ` +
    `${percent(estimate)}` +
    (decoys.entered === 0
      ? ` (${percent(decoys.cautious_false_discovery_rate)} with one decoy ` +
        `more)`
      : "") +
    (estimate >= truth
      ? ": no less than the truth, as an estimate on the safe side should be."
      : decoys.cautious_false_discovery_rate >= truth
      ? ", a little less than the truth; with one decoy more it would be no " +
        "less."
      : ": **less than the truth**. Some genes rank high without being " +
        "planted and without ranking so by chance, such as genes that follow " +
        "a study.");
}
