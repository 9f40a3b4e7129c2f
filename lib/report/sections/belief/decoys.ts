/** How many genes of the set may be there by chance. */

import type { CutOfRate, DecoyFindings } from "../../findings/decoys.ts";
import type { GeneSetFindings } from "../../findings/gene_set.ts";
import { highFalseDiscoveryRate } from "../../findings/levels.ts";
import { paragraphs, table } from "../../markdown.ts";
import { count, counted, percent } from "../../numbers.ts";
import { withFlag } from "../parts.ts";

/** A cut of which more may mean nothing is not worth a proposal. */
const leastUse = 0.5;

/**
 * Writes the part on the decoys.
 *
 * @param set The gene set's results.
 */
export function decoysPart(
  set: GeneSetFindings,
): string {
  const title = "### Genes that are there by chance";
  const { decoys } = set;
  if (!decoys) {
    return paragraphs(
      title,
      "Not done: the run has no decoys, so how many genes of the set are " +
        "there by chance is not known. " +
        `${withFlag("--prepare.decoys 0.1")} hides some among the ` +
        "genes.",
    );
  }
  return paragraphs(
    title,
    `A decoy is a real gene whose values were shuffled among the samples, so ` +
      `it tells no tissue from another. ${counted(decoys.decoys, "decoy")} ` +
      `stood among the genes, and the network was not told which they were. ` +
      `As often as a decoy ranks high enough for the set, a gene that has ` +
      `nothing to do with the tissues may, too.`,
    estimate(decoys, set),
    control(decoys, set),
    cutTable(decoys, set),
    "The estimate counts every real gene as if it were no better than a " +
      "decoy, and so errs on the high side. But a decoy goes with no other " +
      "gene and with no laboratory: a gene that follows the laboratory and " +
      "not the tissue is not counted.",
  );
}

/** The estimated false discovery rate in words. */
function estimate(decoys: DecoyFindings, { genes, of }: GeneSetFindings) {
  const entered = decoys.entered === 0 ? "None" : count(decoys.entered);
  const cautious = percent(decoys.cautious_false_discovery_rate);
  const rate = decoys.false_discovery_rate;
  return `**${entered} of ${counted(decoys.decoys, "decoy")} entered the ` +
    `set (${percent(decoys.rate)}).** ` +
    (decoys.entered === 0
      ? `With one decoy more than that the estimated false discovery rate ` +
        `would be ${cautious}: so few decoys cannot show that it is lower.`
      : `If every gene of the ${count(of)} entered by chance as often, ` +
        `${count(Math.round(decoys.false_genes))} would. So up to about ` +
        `${count(Math.round(Math.min(decoys.false_genes, genes)))} of the ` +
        `${counted(genes, "gene")} in the set may be there by chance: the ` +
        `estimated false discovery rate is at most ${percent(rate)}` +
        (cautious === percent(rate)
          ? ". "
          : ` (${cautious} with one decoy more). `) +
        (rate >= 1
          ? "In plain words: genes that mean nothing rank as well as the set."
          : `In plain words: of every 100 genes in the set, up to about ` +
            `${count(Math.max(1, Math.round(100 * rate)))} may mean nothing.`));
}

/** Whether the rule of the cut keeps chance out, and what would. */
function control(
  decoys: DecoyFindings,
  { cut }: GeneSetFindings,
): string {
  if (cut === "fdr") {
    return "The set was cut where this rate, one decoy more counted, was " +
      "last as low as asked for.";
  }
  const rule = cut === "unique"
    ? "The study's rule, which made this cut, stops where the tissues' lists " +
      "repeat one another"
    : "This cut was made after a set number of ranks";
  if (decoys.false_discovery_rate <= highFalseDiscoveryRate) {
    return `${rule}; it does not look at chance, and the rate is low all the ` +
      `same.`;
  }
  const lowest = decoys.lowest_false_discovery_rate;
  if (lowest >= 1) {
    return `**The cut does not keep chance out.** ${rule}. No other rank ` +
      `would do better: by the decoys, no cut of this ranking holds more ` +
      `than chance.`;
  }
  if (lowest > leastUse) {
    return `**The cut does not keep chance out.** ${rule}. No cut makes this ` +
      `ranking one to trust: even the best one, down to rank ` +
      `${count(decoys.lowest_at_rank)}, has a rate of ${percent(lowest)}.`;
  }
  // Up, so that the command finds its rank.
  const reached = Math.ceil(lowest * 1000) / 1000;
  const low = lowest <= highFalseDiscoveryRate;
  const flags = `--shap.cut fdr${low ? "" : ` --shap.fdr ${reached}`}`;
  return `**The cut does not keep chance out.** ${rule}, without a look at ` +
    `chance. ${withFlag(flags)} cuts where the rate is last at most ` +
    `${percent(low ? highFalseDiscoveryRate : reached)} instead. The lowest ` +
    `rate of any cut is ${percent(lowest)}, down to rank ` +
    `${count(decoys.lowest_at_rank)}.`;
}

/** This cut and those that would keep lower rates. */
function cutTable(decoys: DecoyFindings, set: GeneSetFindings): string {
  if (decoys.cuts.length === 0) return "";
  const row = (cut: Omit<CutOfRate, "wished">, name: string) => [
    name,
    count(cut.rank),
    count(cut.genes),
    count(cut.decoys),
  ];
  return paragraphs(
    table(
      [
        { title: "cut" },
        { title: "ranks a tissue", align: "right" },
        { title: "genes", align: "right" },
        { title: "decoys", align: "right" },
      ],
      [
        row({
          rank: set.listed_ranks,
          genes: set.genes,
          decoys: decoys.entered,
        }, "of this run"),
        ...decoys.cuts.map((cut) =>
          row(cut, `rate at most ${percent(cut.wished)}`)
        ),
      ],
    ),
    "The rates in the table count one decoy more than entered.",
  );
}
