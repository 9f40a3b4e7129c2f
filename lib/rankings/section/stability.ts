/** The report on stability: how far halves of the samples give the same genes. */

import { fixed } from "../../cli/numbers.ts";
import { countOf, joined, withCommas } from "../../cli/text.ts";
import {
  code,
  escapeText,
  numberColumns,
  paragraphs,
  table,
} from "../../report/markdown.ts";
import type { GenesetsSummary } from "../outputs.ts";
import { SHAP } from "../shap_rankings.ts";
import { isSimple } from "../simple.ts";
import { EXCELLENT_INDEX, FREQUENT, POOR_INDEX } from "../stability/levels.ts";
import { frequencies, type StabilitySummary } from "../stability/outputs.ts";
import {
  firstGenes,
  measuredMethods,
  type MethodSummary,
} from "./stability_words.ts";

/** Tissues that a sentence names. */
const NAMED = 5;

/** What is said of SHAP's own list. */
function network({ shap_halves }: StabilitySummary): string {
  return shap_halves === null
    ? "How stable SHAP's own list is over the samples was not measured: that " +
      `takes networks that are trained on each half, as ${
        code("--shap.halves 20")
      } does.`
    : `For SHAP a network was trained on each of ${
      countOf(shap_halves, "half", "halves")
    }, drawn in the same way. One network a half is less certain than the ` +
      "mean of several, so that the index of an ensemble's list may be higher.";
}

/**
 * Writes the part.
 *
 * @param figure The figure in Markdown.
 * @param geneTable The file with the frequencies of the listed genes.
 */
export function stabilityPart(
  { stability, shap_set_ranks, methods }: GenesetsSummary,
  figure: string,
  geneTable: string,
): string {
  const heading = "### Stability over samples";
  if (stability === null) {
    return shap_set_ranks === 0 ? "" : paragraphs(
      heading,
      `Not measured, for ${code("--genesets.halves")} is 0. With 50 the ` +
        "simple rankings are made again on 50 halves of the samples.",
    );
  }
  const measured = measuredMethods(stability);
  return paragraphs(
    heading,
    howHalved(stability),
    ...(measured.length === 0
      ? [
        "**Nothing could be measured**: no tissue has samples to leave out, " +
        "or none has a list.",
      ]
      : [
        figure,
        methodTable(stability),
        howToRead(stability, geneTable),
        ...notRepeated(stability, methods),
      ]),
    network(stability),
  );
}

/** The methods that take too long to be made again many times, or networks. */
function notRepeated(
  { methods }: StabilitySummary,
  all: GenesetsSummary["methods"],
): string[] {
  const left = all.filter(({ method }) =>
    methods.every((each) => each.method !== method)
  );
  const because = (reason: string, rankings: typeof left) =>
    rankings.length === 0 ? [] : [
      `Not made again on the halves, ${reason}: ${
        joined(rankings.map(({ title }) => escapeText(title)))
      }.`,
    ];
  return [
    ...because("to save time", left.filter(({ method }) => isSimple(method))),
    ...because(
      "because they take networks",
      left.filter(({ method }) => !isSimple(method)),
    ),
  ];
}

function howHalved(
  {
    halves,
    different_halves,
    samples_in_half,
    whole_groups,
    tissues,
    tissues_not_halved,
    methods,
  }: StabilitySummary,
): string {
  const which = methods.some(({ method }) => method !== SHAP)
    ? "The simple rankings"
    : "SHAP's lists";
  const left = tissues_not_halved.slice(0, NAMED).map(escapeText).join(", ") +
    (tissues_not_halved.length > NAMED ? ", ..." : "");
  return `${which} were made again on ${
    countOf(halves, "random half sample")
  }: of each tissue half of its samples` +
    (whole_groups > 0
      ? `, with ${countOf(whole_groups, "group")} of several samples kept whole`
      : "") +
    `, ${fixed(samples_in_half, 0)} samples on average` +
    (different_halves < halves
      ? `; only ${withCommas(different_halves)} of the halves are different.`
      : ".") +
    (tissues_not_halved.length === 0
      ? ""
      : ` Nothing is said of ${
        countOf(tissues_not_halved.length, "tissue")
      } (${left}): ` +
        (whole_groups > 0
          ? "too few samples, or a single group"
          : "too few samples") +
        ", so that every half has all of them." +
        (tissues.length > 0 ? " Means are over the others." : ""));
}

function methodTable(stability: StabilitySummary): string {
  return table(
    [
      { title: "ranking" },
      ...numberColumns(
        `of the first ${firstGenes(stability)}, again in a half`,
        "stability index",
        "least stable tissue",
        `genes with a frequency of ${FREQUENT} or more`,
      ),
    ],
    stability.methods.map((each) => [
      escapeText(each.title),
      each.index === null ? "no list" : fixed(each.recovered, 1),
      interval(each),
      each.least_stable === null
        ? ""
        : `${fixed(each.least_stable.index, 2)} (${
          escapeText(each.least_stable.tissue)
        })`,
      withCommas(each.frequent_genes),
    ]),
  );
}

function interval({ index, low, high }: MethodSummary): string {
  return index === null
    ? "not defined"
    : `${fixed(index, 2)} (${fixed(low, 2)} to ${
      // The normal interval may end beyond what is possible.
      fixed(high === null ? null : Math.min(1, high), 2)})`;
}

function howToRead(
  { tissues, whole_groups, halves }: StabilitySummary,
  geneTable: string,
): string {
  return `The index of Nogueira is 1 if every half gives the same genes and 0 ` +
    `on average for random ones; above ${EXCELLENT_INDEX} is called ` +
    `excellent, below ${POOR_INDEX} poor` +
    (tissues.length > 1
      ? `. It is the mean over ${countOf(tissues.length, "tissue")}, with a `
      : ", with a ") +
    `95 % interval that says how certain it is with ${withCommas(halves)} ` +
    "halves. A list from half of the samples is less certain than one from " +
    "all. " +
    (whole_groups > 0
      ? "Samples of one group stay together, so the index also counts how the " +
        "groups differ; with few groups it is uncertain, whatever the " +
        "interval says. "
      : "Every half may have samples of the same studies; a list from another " +
        "study may differ more. ") +
    `A gene's frequency is the share of the halves that list it: ${
      code(geneTable)
    } and, with all genes that a half lists, ${code(frequencies.file)}.`;
}
