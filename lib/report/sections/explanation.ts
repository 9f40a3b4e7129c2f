/** The section on the explanation: scores, ranks, the cut and the gene set. */

import type { Findings } from "../findings.ts";
import type { GeneSetFindings } from "../findings/gene_set.ts";
import { code, details, escapeText, paragraphs, table } from "../markdown.ts";
import { count, counted, fixed, percent, significant } from "../numbers.ts";
import type { RunFiles } from "../run_files.ts";
import { figures, missingSection, warningsOf } from "./parts.ts";

/** Genes of each tissue in the table of best genes. */
const listedGenes = 10;

/**
 * Writes the section on the explanation.
 */
export function explanationSection(run: RunFiles, found: Findings): string {
  const title = "Explanation";
  const set = found.gene_set;
  if (!run.shap || !set) return missingSection(title, "shap", run.folder);
  const { summary, ranks } = run.shap;
  const gap = set.gap_share === null
    ? ""
    : `, ${percent(set.gap_share)} of the mean |output − expected| (${
      significant(summary.mean_absolute_difference)
    })`;
  return paragraphs(
    `## ${title}`,
    `Expected gradients score every gene in each of ${
      counted(summary.explained, "explained sample")
    }, with ${counted(summary.draws, "draw")} a sample${
      several(summary.replicates, found.folds)
    }. ${
      count(summary.correct)
    } were given their right tissue and enter the ranks; ${
      count(summary.dropped)
    } ${
      summary.dropped === 1 ? "was" : "were"
    } dropped. A gene's score in a tissue is the median over that ` +
      `tissue's rightly predicted samples. The seed of each sample's draws ` +
      `is in ${code("shap/explained.csv")}.`,
    missingTissues(summary.tissues_without_samples),
    `**Additivity.** A sample's scores should sum to its output minus the ` +
      `expected output. The mean |gap| is ${
        significant(summary.mean_absolute_gap)
      }${gap}. More draws should make it smaller.`,
    "### The cut",
    cutRule(set.cut) +
      ` It took in ${counted(set.listed_ranks, "rank")}, with a ` +
      `share of ${
        fixed(summary.unique_share_at_cut, 4)
      } distinct genes at the ` +
      `last. The set is all genes on these ranks: ${count(set.genes)} of ${
        count(set.of)
      } (${percent(set.share)}).`,
    figures(run, [
      ["shap/cut_curve.svg", "Share of distinct genes by rank, with the cut"],
      ["shap/score_distribution.svg", "Distribution of the scores"],
    ]),
    "### Best genes of each tissue",
    figures(run, [["shap/top_genes.svg", "Heat map of the best genes"]]),
    details(
      `The ${listedGenes} best genes of each tissue`,
      table(
        [{ title: "tissue" }, { title: "genes, best first" }],
        [...ranks].map(([tissue, genes]) => [
          escapeText(tissue),
          genes.length === 0
            ? "none (no sample was explained)"
            : genes.slice(0, listedGenes).map(code).join(" "),
        ]),
      ),
    ),
    warningsOf(run, ["shap"]),
  );
}

/** Which networks' outputs are explained, where there are several. */
function several(replicates = 1, folds: number): string {
  return (replicates > 1
    ? ` and network; the scores are means over ${count(replicates)} networks`
    : "") +
    (folds > 1
      ? `${replicates > 1 ? "," : ";"} each sample is explained by networks ` +
        "that have not seen it"
      : "");
}

/** Where the walk down the ranks stops. */
function cutRule(cut: GeneSetFindings["cut"]): string {
  const walk = "The walk goes down the ranks of all tissues side by side";
  return {
    unique: `${walk} and stops before the rank at which half or fewer of the ` +
      "genes listed so far are distinct.",
    fdr: `${walk} and stops at the last rank at which the false discovery ` +
      "rate, estimated by the decoys, is no greater than asked for.",
    top: `${walk} and stops after a set number of ranks.`,
  }[cut];
}

/** Names the tissues that have no ranks of their own. */
function missingTissues(tissues: readonly string[]): string {
  return tissues.length === 0
    ? ""
    : "These tissues have no rightly predicted sample and so no ranks: " +
      tissues.map(escapeText).join(", ") + ".";
}
