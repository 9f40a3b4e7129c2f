/** The part on the test of the genes themselves: which are specific. */

import { fixed, percent } from "../../cli/numbers.ts";
import { withCommas } from "../../cli/text.ts";
import {
  code,
  escapeText,
  numberColumns,
  paragraphs,
  table,
} from "../../report/markdown.ts";
import { sum } from "../../statistics/sum.ts";
import type { GenesetsSummary } from "../outputs.ts";

/**
 * How many genes are specific, tissue by tissue.
 *
 * @param file The gene table.
 */
export function specificGenesPart(
  { specific_genes }: GenesetsSummary,
  file: string,
): string {
  const title = "### Specific genes by a statistical test";
  if (specific_genes === null) {
    return paragraphs(
      title,
      "Not done: it takes two tissues of two samples each, and where groups " +
        "have several samples, a tissue that is in two groups. Otherwise a " +
        "difference between tissues cannot be told from one between groups.",
    );
  }
  const { factor, level, correlation, untested, tissues } = specific_genes;
  return paragraphs(
    title,
    `Each gene was tested, without any ranking, for being more than ` +
      `${
        formatFactor(factor)
      } times as high in a tissue as in **each** other ` +
      "tissue: its p is the largest of Welch's one-sided tests against the " +
      "other tissues, adjusted by Benjamini and Hochberg within the tissue. " +
      `A gene with an adjusted p of at most ${level} is called specific. A ` +
      "gene that two tissues share is specific to neither, and where two " +
      "tissues are alike neither may have any.",
    correlation === null
      ? ""
      : "Samples of one group and tissue were not taken to be independent: the " +
        "correlation of two of them is " +
        `${
          fixed(correlation, 2)
        } for the median gene, and a tissue counts for ` +
        "as many independent samples as that leaves, gene by gene.",
    table(
      [
        { title: "tissue" },
        ...numberColumns(
          "specific genes",
          "listed by SHAP",
          "of them specific",
        ),
      ],
      tissues.map(({ tissue, specific, listed, listed_specific }) => [
        escapeText(tissue),
        withCommas(specific),
        withCommas(listed),
        listed === 0
          ? ""
          : `${withCommas(listed_specific)} (${
            percent(listed_specific / listed)
          })`,
      ]),
    ),
    untested.length === 0
      ? ""
      : `Neither tested nor compared with, for they have a single sample: ${
        untested.map(escapeText).join(", ")
      }.`,
    `${code(file)} has the p-values (${code("specific_p")}, ` +
      `${code("specific_adjusted")}). A gene that is not called specific is ` +
      "not shown to be shared: the test needs many samples of many groups.",
  );
}

/** The clause of the verdict; empty if the test could not be made. */
export function specificGenesClause(
  { specific_genes }: GenesetsSummary,
): string {
  if (specific_genes === null) return "";
  const { tissues, factor, level } = specific_genes;
  const listed = sum(tissues.map((row) => row.listed));
  if (listed === 0) return "";
  const specific = sum(tissues.map((row) => row.listed_specific));
  return `**${withCommas(specific)} of ${withCommas(listed)}** listed genes, ` +
    "counted in each tissue that lists them, pass a strict test of " +
    `specificity (more than ${
      formatFactor(factor)
    } times as high there as in ` +
    `each other tissue, at a false discovery rate of ${
      percent(level)
    }; others ` +
    "may be specific, too)";
}

function formatFactor(factor: number): string {
  return String(Number(factor.toPrecision(3)));
}
