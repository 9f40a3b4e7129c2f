/** The part on a simulated run: were the planted genes found? */

import { countOf, withCommas } from "../../cli/text.ts";
import {
  details,
  escapeText,
  paragraphs,
  table,
} from "../../report/markdown.ts";
import { fixed, percent } from "../../cli/numbers.ts";
import type { ShapFindings } from "../../shap/section/findings.ts";
import { type Recovery, TOP_GENES } from "./recovery.ts";

/** Precision and recall; empty if the matrix is not simulated. */
export function plantedPart(found: ShapFindings): string {
  const { planted, summary, share } = found;
  if (planted === null) return "";
  const { tissues, means } = planted;
  const most = Math.max(...tissues.map(({ planted }) => planted));
  return paragraphs(
    "### Planted genes found",
    `The simulation planted marker genes in each tissue. The gene set holds ` +
      `${percent(means.recall_in_set)} of a tissue's planted genes (mean ` +
      `over the tissues); a random set of its size would hold about ` +
      `${percent(share)}.`,
    most < TOP_GENES[1]
      ? `No tissue has more than ${countOf(most, "planted gene")}, so the ` +
        `precision cannot reach 100 %.`
      : "",
    table(
      [
        { title: "best genes of a tissue", align: "right" },
        { title: "planted in it (precision)", align: "right" },
        { title: "of its planted genes (recall)", align: "right" },
      ],
      planted.depths.map(({ depth, precision, recall }) => [
        withCommas(depth) +
        (depth === summary.listed_ranks ? " (the cutoff)" : ""),
        percent(precision),
        percent(recall),
      ]),
    ),
    trueRate(planted, found),
    details(
      "Planted genes found in each tissue",
      table(
        [
          { title: "tissue" },
          { title: "planted", align: "right" },
          ...TOP_GENES.map((depth) => ({
            title: `precision at ${depth}`,
            align: "right" as const,
          })),
          { title: "recall in the set", align: "right" },
        ],
        tissues.map((row) => [
          escapeText(row.tissue),
          withCommas(row.planted),
          ...row.precision.map((value) => fixed(value, 2)),
          fixed(row.recall, 2),
        ]),
      ),
    ),
  );
}

/** The true share of genes without a part, beside the decoys' estimate. */
function trueRate(
  { set }: Recovery,
  { summary: { genes }, decoys }: ShapFindings,
): string {
  const truth = set.true_false_discovery_rate;
  const wrong = `${withCommas(genes - set.planted_in_set)} of the ` +
    `${countOf(genes, "gene")} in the set were planted in no tissue: its ` +
    `precision is ${percent(set.precision_of_set)}, its true false ` +
    `discovery rate ${percent(truth)}.`;
  if (!decoys) return wrong;
  const estimate = decoys.false_discovery_rate;
  const conservative = decoys.conservative_false_discovery_rate;
  return `${wrong} The decoys, which do not know the truth, estimated ` +
    `${percent(estimate)}` +
    (decoys.selected === 0
      ? ` (${percent(conservative)} with one decoy more)`
      : "") +
    (estimate >= truth
      ? ": no less than the truth, as a conservative estimate should be."
      : conservative >= truth
      ? ", a little less than the truth; with one decoy more it would be no " +
        "less."
      : ": **less than the truth**. Some genes rank high without being " +
        "planted and without ranking so by chance, such as genes that follow " +
        "a study.");
}
