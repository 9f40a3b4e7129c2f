/** The part on how noisy the ranking is, as decoys show it. */

import { countOf, withCommas } from "../../cli/text.ts";
import {
  escapeText,
  numberColumns,
  paragraphs,
  table,
} from "../../report/markdown.ts";
import { percent } from "../../cli/numbers.ts";
import { withFlag } from "../../report/commands.ts";
import type { ShapFindings } from "../../shap/section/findings.ts";
import { ACCEPTABLE_NOISE, NOISE_SAMPLES } from "../levels.ts";
import type { NoiseInterval } from "../noise_rates.ts";
import type { NoiseFindings } from "./noise_findings.ts";

/** A cutoff with a larger rate is not proposed: it would be mostly noise. */
const USEFUL_RATE = 0.5;

/** What the rate does not say. */
const NOT_SPECIFICITY =
  "It says how noisy the scores are, not how many genes are specific";

/** The noise rate of the set and of each tissue, and of other cutoffs. */
export function noisePart({ decoys, summary, matrixGenes }: ShapFindings) {
  const title = "### Noise rate of the ranking";
  if (!decoys) {
    return paragraphs(
      title,
      "Not done: the run has no decoys, or no tissue has " +
        `${NOISE_SAMPLES} explained samples, so it is not known how noisy the ` +
        `ranking is. ${withFlag("--prepare.decoys auto")} hides decoys among ` +
        "the genes.",
    );
  }
  return paragraphs(
    title,
    "A decoy is a fake gene that cannot tell the tissues apart: the mean of a " +
      "real gene, and that gene's deviations from its tissue means, shuffled " +
      "among the samples. " +
      `${countOf(decoys.decoys, "decoy")} were hidden among the genes, and ` +
      "the network could not know which.",
    rateInWords(decoys, summary, matrixGenes),
    tissueTable(decoys),
    control(decoys, summary.cutoff_rule),
    cutoffTable(decoys, summary),
    "A decoy is related to no other gene and to no laboratory: a gene that " +
      "ranks high because it varies together with others, or follows the " +
      "laboratory and not the tissue, is not counted. And nearly every gene " +
      "differs between some tissues, so that a low noise rate is no evidence " +
      "for any gene of the list: the test for specific genes, under " +
      "[Compared with simple rankings](#compared-with-simple-rankings), asks " +
      "which are specific.",
  );
}

/** The rate of the set. */
function rateInWords(
  decoys: NoiseFindings,
  { genes }: ShapFindings["summary"],
  matrixGenes: number,
): string {
  const { selected, rate } = decoys;
  return `**The noise rate is ${withInterval(decoys)}.** Of the decoys ` +
    `${percent(rate)} rank as high as the set (${withCommas(selected)} of ` +
    `${countOf(decoys.decoys, "decoy")}); of the ` +
    `${withCommas(matrixGenes)} genes, ${percent(genes / matrixGenes)} do. ` +
    "The noise rate is the first share, with one decoy more counted, divided " +
    `by the second. ${NOT_SPECIFICITY}.` +
    (decoys.noise_rate >= 1
      ? " **Columns of noise rank as high as the genes of the set.**"
      : "") +
    (selected === 0
      ? " No decoy ranks as high; with so many decoys it cannot be shown to " +
        `be lower than ${percent(decoys.noise_rate)}.`
      : "");
}

function withInterval(
  { noise_rate, noise_rate_low, noise_rate_high }: NoiseInterval,
): string {
  return `${percent(noise_rate)} (95 % interval ${percent(noise_rate_low)} ` +
    `to ${percent(noise_rate_high)})`;
}

function tissueTable({ tissues }: NoiseFindings): string {
  return paragraphs(
    `By tissue, of those with at least ${NOISE_SAMPLES} explained samples; ` +
      "where few genes are listed a single decoy is a large rate:",
    table(
      [
        { title: "tissue" },
        ...numberColumns(
          "genes listed",
          "decoys",
          "noise rate",
          "95 % interval",
        ),
      ],
      tissues.map((row) => [
        escapeText(row.tissue),
        withCommas(row.listed),
        withCommas(row.selected),
        percent(row.noise_rate),
        `${percent(row.noise_rate_low)} to ${percent(row.noise_rate_high)}`,
      ]),
    ),
  );
}

/** Whether the rule looks at noise, and which one would. */
function control(
  decoys: NoiseFindings,
  rule: ShapFindings["summary"]["cutoff_rule"],
): string {
  if (rule === "noise") {
    return "The cutoff is the last rank at which this rate is at most the one " +
      "that was asked for. As it was chosen so, the interval at the chosen " +
      "rank is somewhat too low.";
  }
  const reason = rule === "unique"
    ? "The study's rule, by which this set was selected, stops where the " +
      "tissues' lists repeat one another"
    : rule === "stable"
    ? "This set was selected by what comes again on halves of the samples"
    : "This set was selected by a given number of ranks";
  if (decoys.noise_rate <= ACCEPTABLE_NOISE) {
    return `${reason}; it does not look at noise, but the rate is low.`;
  }
  const weak = `**The cutoff does not look at noise.** ${reason}`;
  const lowest = decoys.lowest_noise_rate;
  if (lowest >= 1) {
    return `${weak}. No other rank would be better: no cutoff of this ranking ` +
      "selects genes more often than decoys.";
  }
  if (lowest > USEFUL_RATE) {
    return `${weak}. No cutoff makes this ranking reliable: even the best ` +
      `one, rank ${withCommas(decoys.lowest_at_rank)}, has a rate of ` +
      `${percent(lowest)}.`;
  }
  // Up, so that the command finds its rank.
  const reached = Math.ceil(lowest * 1000) / 1000;
  const low = lowest <= ACCEPTABLE_NOISE;
  const flags = `--shap.cutoff noise${
    low ? "" : ` --shap.noise-rate ${reached}`
  }`;
  return `${weak}. ${withFlag(flags)} selects down to the last rank with a ` +
    `rate of at most ${percent(low ? ACCEPTABLE_NOISE : reached)} instead. ` +
    `The lowest rate of any cutoff is ${percent(lowest)}, at rank ` +
    `${withCommas(decoys.lowest_at_rank)}.`;
}

/** This cutoff and those that would keep lower rates. */
function cutoffTable(
  decoys: NoiseFindings,
  { genes, listed_ranks }: ShapFindings["summary"],
): string {
  if (decoys.cutoffs.length === 0) return "";
  const cutoff = (name: string, counts: number[], rate: NoiseInterval) => [
    name,
    ...counts.map(withCommas),
    percent(rate.noise_rate),
    `${percent(rate.noise_rate_low)} to ${percent(rate.noise_rate_high)}`,
  ];
  return table(
    [
      { title: "cutoff" },
      ...numberColumns(
        "ranks a tissue",
        "genes",
        "decoys",
        "noise rate",
        "95 % interval",
      ),
    ],
    [
      cutoff("of this run", [listed_ranks, genes, decoys.selected], decoys),
      ...decoys.cutoffs.map((row) =>
        cutoff(
          `rate at most ${percent(row.rate)}`,
          [row.rank, row.genes, row.decoys],
          row,
        )
      ),
    ],
  );
}

/** The sentence of the verdict; empty without decoys. */
export function noiseVerdict({ decoys, summary }: ShapFindings): string {
  if (!decoys) return "";
  // A set that was selected by the rate has the rate that was asked for.
  const high = summary.cutoff_rule !== "noise" &&
    decoys.noise_rate > ACCEPTABLE_NOISE;
  return `The noise rate of the ranking is ${
    withInterval(decoys)
  }: how often a ` +
    "decoy, a fake gene that cannot tell the tissues apart, ranks as high as " +
    `the set, divided by how often a gene does. ${NOT_SPECIFICITY}.` +
    (high ? " **The cutoff does not look at noise.**" : "");
}
