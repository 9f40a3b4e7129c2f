/** The part on the scores, the ranks and the gene set. */

import { countOf, withCommas } from "../../cli/text.ts";
import {
  code,
  details,
  escapeText,
  paragraphs,
  table,
} from "../../report/markdown.ts";
import { fixed, percent, significant } from "../../cli/numbers.ts";
import type { RunReport } from "../../report/run_report.ts";
import {
  cutoffCurveFigure,
  explanations,
  scoreDistributionFigure,
  type ShapSummary,
  topGenesFigure,
} from "../outputs.ts";
import type { ShapFindings } from "./findings.ts";

/** Genes of each tissue in the table of best genes. */
const LISTED_GENES = 10;

/** Scores, additivity, the cutoff, and each tissue's best genes. */
export function explanationPart(
  { summary, matrixGenes, share, gapShare, ranks }: ShapFindings,
  run: RunReport,
): string {
  return paragraphs(
    "Expected gradients score every gene in each of " +
      `${countOf(summary.explained, "explained sample")}, with ` +
      `${countOf(summary.draws, "draw")} a sample${networks(summary)}. ` +
      `${withCommas(summary.correct)} were predicted right and are ranked; ` +
      `${withCommas(summary.dropped)} ` +
      `${summary.dropped === 1 ? "was" : "were"} left out. A gene's score in ` +
      `a tissue is the median over that tissue's ranked samples. The seed of ` +
      `each sample's draws is in ${code(explanations.file)}.`,
    missingTissues(summary.tissues_without_samples),
    `**Additivity.** A sample's scores should sum to the model's output minus ` +
      `the base value, its mean output over the background samples. The mean ` +
      `|gap| is ${significant(summary.mean_absolute_gap)}` +
      (gapShare === null
        ? ""
        : `, ${percent(gapShare)} of the mean |output − base value| ` +
          `(${significant(summary.mean_absolute_difference)})`) +
      ". More draws make it smaller.",
    "### The cutoff",
    `The genes of all tissues are listed side by side, rank by rank, ` +
      `${rule(summary.cutoff_rule)}. ` +
      `${countOf(summary.listed_ranks, "rank")} went into the set; at the ` +
      `last, the share of distinct genes is ` +
      `${fixed(summary.unique_share_at_cutoff, 4)}. The set is all genes on ` +
      `these ranks: ${withCommas(summary.genes)} of ` +
      `${withCommas(matrixGenes)} (${percent(share)}).`,
    run.figure(cutoffCurveFigure.file),
    run.figure(scoreDistributionFigure.file),
    "### Best genes of each tissue",
    run.figure(topGenesFigure.file),
    details(
      `The ${LISTED_GENES} best genes of each tissue`,
      table(
        [{ title: "tissue" }, { title: "genes, best first" }],
        [...ranks].map(([tissue, genes]) => [
          escapeText(tissue),
          genes.slice(0, LISTED_GENES).map(code).join(" "),
        ]),
      ),
    ),
  );
}

/** Which networks' outputs are explained, where there are several. */
function networks({ ensemble, folds }: ShapSummary): string {
  return (ensemble > 1
    ? ` and network; the scores are means over ${withCommas(ensemble)} networks`
    : "") +
    (folds > 1
      ? `${ensemble > 1 ? "," : ";"} each sample is explained by networks ` +
        "that have not seen it"
      : "");
}

/** Where the list of ranks ends. */
function rule(cutoff: ShapSummary["cutoff_rule"]): string {
  return {
    unique: "until half or fewer of the genes listed are distinct",
    fdr: "down to the last rank at which the false discovery rate, estimated " +
      "by the decoys, is at most the one that was asked for",
    top: "for a given number of ranks",
  }[cutoff];
}

/** Names the tissues that have no ranks of their own. */
function missingTissues(tissues: readonly string[]): string {
  return tissues.length === 0
    ? ""
    : "These tissues have no sample that was predicted right and so no " +
      `ranks: ${tissues.map(escapeText).join(", ")}.`;
}
