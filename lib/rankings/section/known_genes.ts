/** The part on the known genes: how many each ranking finds. */

import { fixed, percent } from "../../cli/numbers.ts";
import { countOf, withCommas } from "../../cli/text.ts";
import {
  code,
  escapeText,
  numberColumns,
  paragraphs,
  table,
} from "../../report/markdown.ts";
import type { NoiseFindings } from "../../selection/section/noise_findings.ts";
import { recovery, recoveryCurves, type TruthSummary } from "../outputs.ts";
import { RESAMPLES } from "../recovery.ts";
import { CONSENSUS } from "../shap_rankings.ts";

/** Tissues that a sentence names. */
const NAMED = 5;

/** The best of more rankings than these is good by luck, too. */
const SEVERAL = 7;

/**
 * Writes the part.
 *
 * @param figure The figure in Markdown.
 * @param decoys What the decoys say of the SHAP set; null without decoys.
 */
export function knownGenesPart(
  truth: TruthSummary,
  setRanks: number,
  figure: string,
  decoys: NoiseFindings | null,
): string {
  return paragraphs(
    "### Known genes found",
    sourceOf(truth),
    figure,
    rankingTable(truth, setRanks),
    howToRead(truth),
    consensus(truth),
    "### Known genes in the set",
    setTable(truth),
    trueRate(truth, decoys),
  );
}

function sourceOf(truth: TruthSummary): string {
  const { source, given, used, tissues, matched_by } = truth;
  const lost = [
    ...truth.ambiguous_names > 0
      ? [`${countOf(truth.ambiguous_names, "name")} of several genes`]
      : [],
    ...truth.genes_not_in_matrix > 0
      ? [`${countOf(truth.genes_not_in_matrix, "gene")} not in the matrix`]
      : [],
    ...truth.genes_filtered > 0
      ? [
        `${countOf(truth.genes_filtered, "gene")} that too few samples express`,
      ]
      : [],
    ...names("not in the matrix", truth.tissues_not_in_matrix),
    ...names("without known genes", truth.tissues_without_truth),
  ];
  return (source === "simulation"
    ? "The simulation planted genes that are higher in one tissue or in a few. "
    : "The user gave genes that are known to belong to the tissues. ") +
    `${withCommas(used)} of ${countOf(given, "pair")} of a gene and a ` +
    `tissue are compared, in ${countOf(tissues.length, "tissue")}` +
    (matched_by === "name" ? ", matched by the genes' names" : "") +
    (lost.length > 0
      ? `; ${matched_by}s must be the same to the letter, and left out are: ${
        lost.join("; ")
      }.`
      : ".");
}

function names(what: string, tissues: readonly string[]): string[] {
  if (tissues.length === 0) return [];
  const shown = tissues.slice(0, NAMED).map(escapeText).join(", ");
  const more = tissues.length > NAMED ? ", ..." : "";
  return [`${countOf(tissues.length, "tissue")} ${what} (${shown}${more})`];
}

/** A row per ranking, then what chance gives and what is possible. */
function rankingTable(truth: TruthSummary, setRanks: number): string {
  const { rankings, best_possible, chance } = truth;
  const depths = best_possible.map(({ k }) => k);
  const title = (k: number) =>
    `first ${withCommas(k)}${k === setRanks ? " (the set's ranks)" : ""}`;
  return table(
    [
      { title: "ranking" },
      ...numberColumns(...depths.map(title), "average precision"),
    ],
    [
      ...rankings.map((row) => [
        escapeText(row.title),
        ...row.depths.map(({ precision }) => cell(precision)),
        cell(row.average_precision),
      ]),
      [
        "best possible",
        ...best_possible.map(({ precision }) => fixed(precision, 2)),
        "1.00",
      ],
      [
        "random genes",
        ...depths.map(() => fixed(chance, 3)),
        fixed(chance, 3),
      ],
    ],
  );
}

function cell(
  found: TruthSummary["rankings"][number]["average_precision"],
): string {
  const { mean, low, high } = found;
  return fixed(mean, 2) +
    (low === null ? "" : ` (${fixed(low, 2)} to ${fixed(high, 2)})`);
}

function howToRead({ rankings, tissues }: TruthSummary): string {
  const empty = rankings.filter((row) => row.tissues_without_list > 0);
  return `The share of known genes among a tissue's first genes (precision), ` +
    `mean over the tissues` +
    (tissues.length > 1
      ? `, with a 95 % interval by the bootstrap over the tissues ` +
        `(${withCommas(RESAMPLES)} resamples; with few tissues it is too ` +
        "narrow)"
      : "") +
    ". A list that ends before a rank is counted as if other genes followed. " +
    "Best possible: a tissue may have fewer known genes than the list is " +
    "long. Average precision judges the whole ranking. " +
    (rankings.length > SEVERAL
      ? "The best of so many rankings is found by the known genes themselves, " +
        "and so looks a little better than it is. "
      : "") +
    empty.map((row) =>
      `${escapeText(row.title)} has no list for ${
        countOf(row.tissues_without_list, "tissue")
      }, which counts as none found. `
    ).join("") +
    `Each tissue is in ${code(recovery.file)}, with the interval of Clopper ` +
    `and Pearson, and in ${code(recoveryCurves.file)}. A gene that is not ` +
    "known is not a wrong one, unless the list of known genes is complete.";
}

/** The consensus ends early, so the precision of all its genes says more. */
function consensus({ rankings }: TruthSummary): string {
  const found = rankings.find(({ method }) => method === CONSENSUS);
  if (found === undefined || found.listed === 0) return "";
  const { listed, listed_hits } = found;
  return `The SHAP consensus lists ${countOf(listed, "gene")} in all ` +
    "tissues and then ends, so its shares at more genes are low; " +
    `${withCommas(listed_hits)} of them ` +
    `(${percent(listed_hits / listed)}) are known genes of their tissue.`;
}

function setTable({ sets, rankings }: TruthSummary): string {
  return paragraphs(
    "The SHAP set beside sets of the same size, for which the other " +
      "rankings' lists of all tissues were followed side by side:",
    table(
      [
        { title: "ranking" },
        ...numberColumns(
          "genes",
          "of them known in some tissue",
          "of all known genes",
        ),
      ],
      sets.map(({ method, genes, hits, precision, recall }) => [
        escapeText(
          rankings.find((row) => row.method === method)?.title ?? method,
        ),
        withCommas(genes),
        `${withCommas(hits)} (${percent(precision)})`,
        percent(recall),
      ]),
    ),
  );
}

/**
 * The share of the set's genes that are not known beside the noise rate; in a
 * simulated run only, where all true genes are known.
 */
function trueRate(
  { source, sets: [set] }: TruthSummary,
  decoys: NoiseFindings | null,
): string {
  if (source !== "simulation" || set.genes === 0) return "";
  const truth = 1 - set.precision;
  const wrong = `${withCommas(set.genes - set.hits)} of the ` +
    `${countOf(set.genes, "gene")} in the SHAP set are planted in no tissue ` +
    `as higher: ${percent(truth)} are wrong.`;
  if (!decoys) return wrong;
  return `${wrong} The noise rate of the ranking, ${
    percent(decoys.noise_rate)
  }, is no estimate of that: genes that follow a study or vary together with ` +
    "others also rank high, and that is not noise; and the rate is computed " +
    "as if every gene were noise.";
}
