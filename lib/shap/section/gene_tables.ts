/** The tables of each tissue's first genes, and what is not in them. */

import { countOf, withCommas } from "../../cli/text.ts";
import { percent } from "../../cli/numbers.ts";
import { withFlag } from "../../report/commands.ts";
import {
  code,
  escapeText,
  numberColumns,
  paragraphs,
  table,
} from "../../report/markdown.ts";
import { absentGenes, consensusGenes, tissueGenes } from "../outputs.ts";
import type { ShapFindings } from "./findings.ts";
import type { TissueList } from "./tissue_lists.ts";

/** Genes of each tissue in a table. */
const SHOWN_GENES = 10;

/** With fewer networks than this, agreement says little. */
const ENOUGH_NETWORKS = 5;

/** The part on each tissue's genes: what most networks agree on comes first. */
export function genesPart(found: ShapFindings): string {
  const { summary, tissueLists } = found;
  return paragraphs(
    "### Genes of each tissue",
    consensusSentence(found),
    consensusTable(found),
    `All genes of a tissue down to the cutoff, with their scores, are in ` +
      `${code(tissueGenes.file)}: ` +
      (summary.direction === "up"
        ? "genes that are higher in the tissue than in the other tissues and " +
          "whose median SHAP value there is above 0."
        : "genes by their median SHAP value, whatever the direction in which " +
          "they change."),
    rankedTable(tissueLists),
    absentSentence(found),
    leftOutSentence(found),
  );
}

/** The first genes of each tissue, by the networks' agreement if it is known. */
export function firstGenes(found: ShapFindings): string {
  return hasConsensus(found)
    ? consensusTable(found)
    : rankedTable(found.tissueLists);
}

/** Whether several networks rank some tissue, so that they can agree. */
export function hasConsensus({ summary }: Pick<ShapFindings, "summary">) {
  return summary.consensus !== null &&
    summary.consensus.tissues.some(({ genes }) => genes !== null);
}

/** Where the consensus is, and what it is; empty with a single network. */
export function consensusSentence({ summary }: ShapFindings): string {
  const { consensus, min_samples } = summary;
  if (consensus === null) return "";
  if (!hasConsensus({ summary })) {
    return "**What most networks agree on is not known:** each explains only " +
      "the test samples of its own fold, and no two of them explain " +
      `${countOf(min_samples, "sample")} or more of the same tissue. ` +
      `${withFlag("--cnn.ensemble 5")} trains more in each fold.`;
  }
  const sumOf = (counts: readonly (number | null)[]) =>
    counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  const { voters, share, top, tissues } = consensus;
  const noun = voterNoun(summary);
  const genes = sumOf(tissues.map(({ genes }) => genes));
  const chance = sumOf(tissues.map(({ chance_genes }) => chance_genes));
  return `**The genes to start with** are in ${code(consensusGenes.file)}: ` +
    `${countOf(genes, "gene")}, counted in each tissue, that at least ` +
    `${percent(share)} of the ` +
    `${countOf(voters, noun)}${
      noun === "member" ? " of the ensemble (each a network in every fold)" : ""
    } have among the ${withCommas(top)} best ` +
    `genes of their tissue (unrelated rankings would agree on ` +
    `${chance < 0.5 ? "none" : withCommas(chance)}).` +
    (voters < ENOUGH_NETWORKS
      ? ` ${countOf(voters, noun)} are few; ` +
        `${withFlag(`--cnn.ensemble ${ENOUGH_NETWORKS}`)} trains more.`
      : "");
}

/** What a voter of the consensus is. */
function voterNoun(
  { folds, ensemble }: Pick<ShapFindings["summary"], "folds" | "ensemble">,
): "member" | "network" {
  return folds > 1 && ensemble > 1 ? "member" : "network";
}

function consensusTable({ summary, tissueLists }: ShapFindings): string {
  const { consensus } = summary;
  if (consensus === null || !hasConsensus({ summary })) return "";
  return table(
    [
      { title: "tissue" },
      ...numberColumns(
        "genes",
        `${voterNoun(summary)}s`,
      ),
      { title: `first ${SHOWN_GENES}, by SHAP` },
    ],
    consensus.tissues.map(({ tissue, voters, genes }) => [
      escapeText(tissue),
      genes === null ? "" : withCommas(genes),
      withCommas(voters),
      genes === null ? "too few networks explain enough samples of it" : listed(
        tissueLists.find((list) => list.tissue === tissue)?.consensus ?? [],
      ),
    ]),
  );
}

function rankedTable(lists: readonly TissueList[]): string {
  return table(
    [
      { title: "tissue" },
      ...numberColumns("genes", "marked by absence"),
      { title: `first ${SHOWN_GENES}, by SHAP` },
    ],
    lists.map(({ tissue, genes, absent }) => [
      escapeText(tissue),
      withCommas(genes.length),
      withCommas(absent),
      listed(genes),
    ]),
  );
}

function listed(genes: readonly string[]): string {
  return genes.length === 0
    ? "none"
    : genes.slice(0, SHOWN_GENES).map(code).join(" ");
}

/** How many genes mark a tissue by being low there. */
function absentSentence(
  { summary, tissueLists, absentTop }: ShapFindings,
): string {
  const absent = tissueLists.reduce((sum, list) => sum + list.absent, 0);
  const all = tissueLists.length * absentTop;
  return `Marked by absence: of the ${withCommas(absentTop)} genes with the ` +
    `largest median SHAP values of each tissue ${withCommas(absent)} of ` +
    `${withCommas(all)} (${percent(absent / all)}) are lower there than ` +
    `elsewhere. ` +
    (summary.direction === "up"
      ? "They are no genes of the tissue and are not ranked; "
      : "They are ranked among the others; ") +
    `${code(absentGenes.file)} lists them.`;
}

/** Names the tissues that are not ranked; empty if all are. */
export function leftOutSentence({ summary }: ShapFindings): string {
  const { tissues_left_out: left, min_samples, folds } = summary;
  if (left.length === 0) return "";
  const names = left.map(({ tissue, samples }) =>
    `${escapeText(tissue)} (${withCommas(samples)})`
  ).join(", ");
  return `**Left out**, with fewer than ` +
    `${countOf(min_samples, "explained sample")}: ${names}. ` +
    (folds > 1
      ? `${withFlag("--shap.min-samples 1")} ranks them all the same.`
      : `${withFlag("--folds 5")} explains every sample.`);
}
