/** The part on the error that the random draws of the explanation leave. */

import { countOf, withCommas } from "../../cli/text.ts";
import { code, paragraphs } from "../../report/markdown.ts";
import { fixed, percent, significant } from "../../cli/numbers.ts";
import { withFlag } from "../../report/commands.ts";
import { AUTO_STOP_OVERLAP, STABLE_OVERLAP } from "../../selection/levels.ts";
import { tissueGenes } from "../outputs.ts";
import type { ShapFindings } from "./findings.ts";

/** Standard error, and overlap with a rerun. */
export function drawsPart(
  { summary, errorShare }: ShapFindings,
): string {
  const title = "### Other draws";
  const stability = summary.draws_stability;
  if (!stability) {
    return paragraphs(
      title,
      "Not done: a single draw a sample has no error. " +
        `${withFlag("--shap.draws 100")} gives one.`,
    );
  }
  const { expected_overlap } = stability;
  const { draws, draws_asked, fewest_draws, mean_standard_error } = summary;
  return paragraphs(
    title,
    `A score is a mean over random draws, ` +
      (fewest_draws < draws ? `${withCommas(fewest_draws)} to ` : "") +
      `${withCommas(draws)} a sample and network` +
      (draws_asked === "auto"
        ? `, taken in ${countOf(summary.rounds, "round")} until a tissue's ` +
          "overlap with a rerun was expected to be " +
          `${percent(AUTO_STOP_OVERLAP)} or the most allowed were taken (auto)`
        : "") +
      ". Other draws give another score.",
    mean_standard_error === null
      ? ""
      : "The scores of one sample sum to a number whose standard error is " +
        `${significant(mean_standard_error)} on average` +
        (errorShare === null
          ? ""
          : `, ${percent(errorShare)} of the mean |output − base value|`) +
        ": with other draws the sum would move by about that much.",
    `A rerun with other draws is expected to name **` +
      `${percent(expected_overlap)}** of each tissue's ` +
      `${withCommas(stability.top)} best genes again (estimated from two ` +
      `halves of the draws, which share ` +
      `${percent(stability.overlap_of_halves)} and whose rank correlation is ` +
      `${fixed(stability.spearman_of_halves, 2)}). ` +
      (expected_overlap >= STABLE_OVERLAP
        ? `This is at least ${percent(STABLE_OVERLAP)}: the draws hardly ` +
          `matter to which genes rank high.`
        : `This is less than ${percent(STABLE_OVERLAP)}: some of the best ` +
          `genes are there by the luck of the draws. ` +
          (draws_asked === "auto"
            ? `${withFlag(`--shap.max-draws ${4 * draws}`)} takes more.`
            : `${withFlag("--shap.draws auto")} takes more, until ` +
              `${percent(AUTO_STOP_OVERLAP)} are expected.`)),
    mean_standard_error === null
      ? ""
      : `Each gene's error by the draws alone is in ${
        code(tissueGenes.file)
      } (${code("error_of_draws")}).`,
  );
}
