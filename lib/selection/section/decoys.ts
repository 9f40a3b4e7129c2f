/** The part on how many genes of the set may be there by chance. */

import { countOf, withCommas } from "../../cli/text.ts";
import { paragraphs, table } from "../../report/markdown.ts";
import { percent } from "../../cli/numbers.ts";
import { withFlag } from "../../report/commands.ts";
import type { ShapFindings } from "../../shap/section/findings.ts";
import { ACCEPTABLE_FDR } from "../levels.ts";
import type { DecoyFindings } from "./decoy_findings.ts";

/** A cutoff with a larger rate is not proposed: most genes may mean nothing. */
const USEFUL_RATE = 0.5;

/** What the decoys say, and what another cutoff would change. */
export function decoysPart({ decoys, summary, matrixGenes }: ShapFindings) {
  const title = "### Genes in the set by chance";
  if (!decoys) {
    return paragraphs(
      title,
      "Not done: the run has no decoys, so it is not known how many genes of " +
        `the set are there by chance. ${withFlag("--prepare.decoys 0.1")} ` +
        "hides some among the genes.",
    );
  }
  const { genes, cutoff_rule, listed_ranks } = summary;
  return paragraphs(
    title,
    `A decoy is a real gene whose values were shuffled among the samples, so ` +
      `it cannot tell the tissues apart. ${countOf(decoys.decoys, "decoy")} ` +
      `were hidden among the genes, and the network could not know which. ` +
      `As often as a decoy ranks high enough for the set, a gene that has ` +
      `nothing to do with the tissues may, too.`,
    estimate(decoys, genes, matrixGenes),
    control(decoys, cutoff_rule),
    cutoffTable(decoys, genes, listed_ranks),
    "The estimate counts every real gene as if it were no better than a " +
      "decoy, and so is conservative. But a decoy is related to no other gene " +
      "and to no laboratory: a gene that follows the laboratory and not the " +
      "tissue is not counted.",
  );
}

/** The estimated false discovery rate in words. */
function estimate(
  decoys: DecoyFindings,
  genes: number,
  matrixGenes: number,
): string {
  const { selected, false_genes, false_discovery_rate: rate } = decoys;
  const conservative = percent(decoys.conservative_false_discovery_rate);
  const expected = withCommas(Math.min(false_genes, genes));
  return `**${selected === 0 ? "None" : withCommas(selected)} of ` +
    `${countOf(decoys.decoys, "decoy")} ` +
    `${selected === 1 ? "was" : "were"} selected ` +
    `(${percent(decoys.rate)}).** ` +
    (selected === 0
      ? `With one decoy more the estimated false discovery rate would be ` +
        `${conservative}: with so few decoys it cannot be shown to be lower.`
      : `If each of the ${withCommas(matrixGenes)} genes were selected by ` +
        `chance as often, ${withCommas(false_genes)} would be. So up to ` +
        `about ${expected} of the ${countOf(genes, "gene")} in the set may ` +
        `be there by chance: the estimated false discovery rate is at most ` +
        `${percent(rate)}` +
        (conservative === percent(rate)
          ? ". "
          : ` (${conservative} with one decoy more). `) +
        (rate >= 1
          ? "In plain words: genes that mean nothing rank as high as the set."
          : `In plain words: of every 100 genes in the set, up to about ` +
            `${withCommas(Math.max(1, 100 * rate))} may mean nothing.`));
}

/** Whether the rule controls false discoveries, and which one would. */
function control(
  decoys: DecoyFindings,
  rule: ShapFindings["summary"]["cutoff_rule"],
): string {
  if (rule === "fdr") {
    return "The cutoff is the last rank at which this rate, with one decoy " +
      "more, is at most the one that was asked for.";
  }
  const reason = rule === "unique"
    ? "The study's rule, by which this set was selected, stops where the " +
      "tissues' lists repeat one another"
    : rule === "stable"
    ? "This set was selected by what comes again on halves of the samples"
    : "This set was selected by a given number of ranks";
  if (decoys.false_discovery_rate <= ACCEPTABLE_FDR) {
    return `${reason}; it does not look at chance, but the rate is low.`;
  }
  const weak = `**The cutoff does not control false discoveries.** ${reason}`;
  const lowest = decoys.lowest_false_discovery_rate;
  if (lowest >= 1) {
    return `${weak}. No other rank would be better: by the decoys, no cutoff ` +
      `of this ranking selects more than chance.`;
  }
  if (lowest > USEFUL_RATE) {
    return `${weak}. No cutoff makes this ranking reliable: even the best ` +
      `one, rank ${withCommas(decoys.lowest_at_rank)}, has a rate of ` +
      `${percent(lowest)}.`;
  }
  // Up, so that the command finds its rank.
  const reached = Math.ceil(lowest * 1000) / 1000;
  const low = lowest <= ACCEPTABLE_FDR;
  const flags = `--shap.cutoff fdr${low ? "" : ` --shap.fdr ${reached}`}`;
  return `${weak}, and does not look at chance. ${withFlag(flags)} selects ` +
    `down to the last rank with a rate of at most ` +
    `${percent(low ? ACCEPTABLE_FDR : reached)} instead. The lowest rate of ` +
    `any cutoff is ${percent(lowest)}, at rank ` +
    `${withCommas(decoys.lowest_at_rank)}.`;
}

/** This cutoff and those that would keep lower rates. */
function cutoffTable(
  { selected, cutoffs }: DecoyFindings,
  genes: number,
  rank: number,
): string {
  if (cutoffs.length === 0) return "";
  const cutoff = (name: string, ...counts: number[]) => [
    name,
    ...counts.map(withCommas),
  ];
  return paragraphs(
    table(
      [
        { title: "cutoff" },
        { title: "ranks a tissue", align: "right" },
        { title: "genes", align: "right" },
        { title: "decoys", align: "right" },
      ],
      [
        cutoff("of this run", rank, genes, selected),
        ...cutoffs.map(({ rate, rank, genes, decoys }) =>
          cutoff(`rate at most ${percent(rate)}`, rank, genes, decoys)
        ),
      ],
    ),
    "The rates in the table count one decoy more than was selected.",
  );
}

/** The sentence of the verdict; empty without decoys. */
export function chanceVerdict({ decoys, summary }: ShapFindings): string {
  if (!decoys) return "";
  const all = `${countOf(decoys.decoys, "decoy")} (genes with shuffled ` +
    `values, hidden among the real ones)`;
  if (decoys.selected === 0) {
    return `None of ${all} was selected; so few cannot show that less than ` +
      `${percent(decoys.conservative_false_discovery_rate)} of the set is ` +
      `there by chance.`;
  }
  // A set that was selected by the rate has the rate that was asked for.
  const high = summary.cutoff_rule !== "fdr" &&
    decoys.false_discovery_rate > ACCEPTABLE_FDR;
  return `${withCommas(decoys.selected)} of ${all} ` +
    `${decoys.selected === 1 ? "was" : "were"} selected: up to about ` +
    `${withCommas(Math.min(decoys.false_genes, summary.genes))} of the ` +
    `${countOf(summary.genes, "gene")} in the set ` +
    `(${percent(decoys.false_discovery_rate)}) may be there by chance.` +
    (high ? " **The cutoff does not control false discoveries.**" : "");
}
