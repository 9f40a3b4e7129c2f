/** The part on the scores, the ranks and the gene set. */

import { countOf, withCommas } from "../../cli/text.ts";
import { code, paragraphs } from "../../report/markdown.ts";
import { fixed, percent, significant } from "../../cli/numbers.ts";
import { withFlag } from "../../report/commands.ts";
import type { RunReport } from "../../report/run_report.ts";
import {
  cutoffCurveFigure,
  explanations,
  scoreDistributionFigure,
  type ShapSummary,
  topGenesFigure,
} from "../outputs.ts";
import { attributionsPart } from "./attributions.ts";
import type { ShapFindings } from "./findings.ts";
import { genesPart } from "./gene_tables.ts";

/** Each tissue's genes, how they were scored, additivity, and the cutoff. */
export function explanationPart(
  found: ShapFindings,
  run: RunReport,
): string {
  const { summary, matrixGenes, share, gapShare } = found;
  return paragraphs(
    genesPart(found),
    run.figure(topGenesFigure.file),
    "### Scores",
    "Expected gradients score every gene in each of " +
      `${countOf(summary.explained, "explained sample")}` +
      (summary.explained_part === "training"
        ? ", all of them samples that the networks learned from, so that the " +
          "test samples can judge the genes"
        : "") +
      ", with " +
      `${draws(summary)} a sample${networks(summary)}. ${ranked(summary)} A ` +
      `gene's score in a tissue is the median over that tissue's ranked ` +
      `samples. The seed of each sample's draws is in ` +
      `${code(explanations.file)}.`,
    `**Additivity.** A sample's scores should sum to the model's output minus ` +
      `the base value, its mean output over the background samples. The mean ` +
      `|gap| is ${significant(summary.mean_absolute_gap)}` +
      (gapShare === null
        ? ""
        : `, ${percent(gapShare)} of the mean |output − base value| ` +
          `(${significant(summary.mean_absolute_difference)})`) +
      ". More draws make it smaller.",
    neighbors(summary, run.parameter("cnn", "columns") === "member"),
    attributionsPart(found.attributions),
    "### The cutoff",
    `The genes of all tissues are listed side by side, rank by rank, ` +
      `${rule(summary.cutoff_rule)}. ` +
      `${countOf(summary.listed_ranks, "rank")} went into the set; of the ` +
      `genes on them ${
        percent(summary.unique_share_at_cutoff)
      } are distinct. ` +
      `The set is all genes on ` +
      `these ranks: ${withCommas(summary.genes)} of ` +
      `${withCommas(matrixGenes)} (${percent(share)}).`,
    run.figure(cutoffCurveFigure.file),
    run.figure(scoreDistributionFigure.file),
  );
}

/** Chance alone seldom gives more standard deviations than these. */
const BEYOND_CHANCE = 4;

/** Whether the scores depend on where the genes are in the image. */
function neighbors(
  { image_neighbors: { below, right, chance_sd } }: ShapSummary,
  isMember: boolean,
): string {
  if (below === null || right === null || chance_sd === null) return "";
  const leaks = Math.max(Math.abs(below), Math.abs(right)) >
    BEYOND_CHANCE * chance_sd;
  return `**Neighbors in the image.** The mean gradients of a gene and of the gene ` +
    `below it ${isMember ? "in a network's image " : ""}are correlated by ` +
    `${signed(below)}, those of a gene and the one to its right by ` +
    `${signed(right)} (means over tissues; random pairs: 0 ± ` +
    `${fixed(chance_sd)}). ` +
    (leaks
      ? "Other neighbors would give somewhat other scores" +
        (isMember
          ? ", but no gene has the same ones in two networks."
          : ", and every network has the same: " +
            `${withFlag("--cnn.columns member")} gives each its own.`)
      : "This is within chance.");
}

function signed(value: number): string {
  return (value < 0 ? "−" : "+") + fixed(Math.abs(value));
}

/** The number of draws, or its range. */
function draws({ draws, fewest_draws }: ShapSummary): string {
  return fewest_draws === draws
    ? countOf(draws, "draw")
    : `${withCommas(fewest_draws)} to ${countOf(draws, "draw")}`;
}

/** Which output of which samples is explained, and how many are ranked. */
function ranked(summary: ShapSummary): string {
  const { output, samples, correct, ranked } = summary;
  const whose = samples === "all" ? "that tissue" : "the predicted tissue";
  const what = `What is explained is ` + {
    probability: `the probability of ${whose}.`,
    "log-odds": `the log-odds of ${whose}, ln(p / (1 - p)).`,
    "centered-logit":
      `the logit of ${whose} less the mean of the logits of all tissues.`,
  }[output];
  return samples === "all"
    ? `Each sample is explained for its own tissue, whatever was predicted. ` +
      `${what} ${withCommas(correct)} were predicted ` +
      `right; ${withCommas(ranked)} are ranked.`
    : `${what} ${withCommas(correct)} were predicted right; ${
      withCommas(ranked)
    } of ` +
      "these are ranked.";
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
    noise: "down to the last rank at which the noise rate, measured by the " +
      "decoys, is at most the one that was asked for",
    top: "for a given number of ranks",
    stable:
      "only those that enough networks, each trained on another half of " +
      "the samples, have among a tissue's first genes",
    knockoff: "only those that score enough higher than their knockoffs",
  }[cutoff];
}
