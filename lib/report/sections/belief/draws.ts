/** The error that the random draws of the explanation leave. */

import type {
  DrawsFindings,
  GeneSetFindings,
} from "../../findings/gene_set.ts";
import { enoughOverlap } from "../../findings/levels.ts";
import { code, paragraphs } from "../../markdown.ts";
import { count, counted, fixed, percent, significant } from "../../numbers.ts";
import { withFlag } from "../parts.ts";

/**
 * Writes the part on the error of the draws.
 */
export function drawsPart(
  set: GeneSetFindings,
): string {
  const title = "### Other draws";
  const { draws } = set;
  if (!draws) {
    return paragraphs(
      title,
      "Not done: this run has no error of the draws, because it was made " +
        "with an earlier version or with a single draw. " +
        `${withFlag("--shap.draws 100")} gives one.`,
    );
  }
  return paragraphs(
    title,
    `A score is a mean over random draws, ${taken(draws)}. Other draws give ` +
      `another score.`,
    error(draws),
    `A rerun with other draws is expected to name **` +
      `${percent(draws.expected_overlap)}** of each tissue's ` +
      `${count(draws.top)} best genes again (worked out from two halves of ` +
      `the draws, which share ${percent(draws.overlap_of_halves)} and whose ` +
      `rank correlation is ${fixed(draws.spearman_of_halves, 2)}). ` +
      (draws.expected_overlap >= enoughOverlap
        ? "In plain words: the draws hardly matter to which genes rank high."
        : "In plain words: some of the best genes are there by the luck of " +
          `the draws. ${more(draws)}`),
    clear(draws, set.genes),
  );
}

/** How to take more draws. */
function more({ draws, draws_asked }: DrawsFindings): string {
  return draws_asked === "auto"
    ? `${withFlag(`--shap.max-draws ${4 * draws}`)} lets it go on.`
    : `${withFlag("--shap.draws auto")} takes more until they hardly matter.`;
}

/** How many draws were taken. */
function taken({ draws, draws_asked, rounds }: DrawsFindings): string {
  return `${count(draws)} a sample and network` +
    (draws_asked === "auto"
      ? `, taken in ${counted(rounds, "round")} until they sufficed or the ` +
        `most allowed was reached (auto)`
      : "");
}

/** The standard error of a sample's sum. */
function error(draws: DrawsFindings): string {
  if (draws.mean_standard_error === null) return "";
  return `The scores of one sample sum to a number whose standard error is ` +
    `${significant(draws.mean_standard_error)} on average` +
    (draws.standard_error_share === null
      ? ""
      : `, ${percent(draws.standard_error_share)} of the mean |output − ` +
        `expected|`) +
    `: with other draws the sum would move by about that much.`;
}

/** How many genes of the set stand clear of zero. */
function clear({ genes_clear_of_zero: clear }: DrawsFindings, genes: number) {
  return clear === null
    ? ""
    : `Of the ${counted(genes, "gene")} in the set, ${count(clear)} have a ` +
      `score more than two standard errors above zero${
        clear < genes ? "; of the others not even the sign is sure" : ""
      }. Each gene's error is in ` +
      `${code("shap/shap_genes.csv")}.`;
}
