/** What the report says of the p-values of genes. */

import { countOf, joined } from "../../cli/text.ts";
import { withFlag } from "../../report/commands.ts";
import { code } from "../../report/markdown.ts";
import type { GenesetsSummary } from "../outputs.ts";
import type { RankingMethod } from "../ranking_method.ts";
import { nameFew } from "./few_tissues.ts";

/** Methods that p-values from shuffles follow, for the report's list. */
export const shuffleCitations: readonly string[] = [
  "shuffled residuals: ter Braak, Bootstrapping and Related Techniques (1992); " +
  "Anderson and Legendre, Journal of Statistical Computation and Simulation " +
  "62 (1999)",
  "p-values pooled over genes: Storey and Tibshirani, PNAS 100 (2003)",
  "adjusted p-values: Benjamini and Hochberg, Journal of the Royal Statistical " +
  "Society B 57 (1995)",
];

/** How the p of the rankings' files were made, and what they do not see. */
export function pValuesPart(
  summary: Pick<
    GenesetsSummary,
    "shuffles" | "without_p" | "tissues" | "limma"
  >,
  methods: readonly RankingMethod[],
): string {
  const tested = methods.filter(({ hasP }) => hasP);
  if (tested.length === 0) return "";
  const files = filesOf(tested);
  return (summary.shuffles > 0
    ? `The p-values in ${files} come from ${summary.shuffles} shuffles of the ` +
      "samples, after the differences between tissues were removed from every " +
      "gene: p is the share of all genes' scores in these shuffles, in the " +
      `gene's tissue, that are at least as high as the gene's own. ${
        howShuffled(summary)
      }`
    : summary.without_p.length === summary.tissues
    ? `${files} have no p-values: no sample can change places with others, as ` +
      "where each tissue has a single group or sample to learn from, so that " +
      "what is of the tissue cannot be told from what is of the group."
    : `${files} have no p-values: these take ${
      withFlag("--genesets.shuffles auto")
    } and two tissues or more.`) + ownSentences(methods);
}

function howShuffled(
  { without_p, limma }: Pick<GenesetsSummary, "without_p" | "limma">,
): string {
  const hasGroups = limma !== null && limma.correlation !== null;
  return (hasGroups
    ? "Samples were shuffled within their group, and groups of a single " +
      "tissue as a whole, so that p allows for differences between groups."
    : "No group has several samples, so all samples are taken to be " +
      "independent: if they are from several studies, p is too small.") +
    (without_p.length === 0
      ? ""
      : ` The genes of ${countOf(without_p.length, "tissue")} (${
        nameFew(without_p)
      }) have none, as no sample there could change places with others.`);
}

/** A sentence for each kind of p that some methods have of their own. */
function ownSentences(methods: readonly RankingMethod[]): string {
  const kinds = Map.groupBy(methods, ({ ownP }) => ownP);
  return [...kinds].map(([kind, own]) =>
    kind === undefined
      ? ""
      : ` ${filesOf(own)} ${own.length === 1 ? "has" : "have"} ${kind.title} (${
        code(`${kind.name}_p`)
      }): ${kind.caution}.`
  ).join("");
}

function filesOf(methods: readonly RankingMethod[]): string {
  return joined(methods.map(({ name }) => code(`genesets/${name}.csv`)));
}
