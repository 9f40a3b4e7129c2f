/** What makes the scores or the gene set worthless, for the verdict. */

import { percent } from "../../cli/numbers.ts";
import { countOf, withCommas } from "../../cli/text.ts";
import { withFlag } from "../../report/commands.ts";
import { escapeText } from "../../report/markdown.ts";
import type { RunReport } from "../../report/run_report.ts";
import { ALL_OR_NOTHING, isAllOrNothing } from "../../selection/two_tissues.ts";
import { gapRemedy, missesTooMuch, nameTissues } from "../additivity.ts";
import type { ShapFindings } from "./findings.ts";

/** A learning rate above this is proposed to be reduced: 10 times the default. */
const HIGH_RATE = 0.003;

/** The default learning rate. */
const USUAL_RATE = 0.0003;

/** In a smaller set a single gene decides how samples cluster. */
const FEW_GENES = 5;

/** The clause of the opening; empty if the scores add up. */
export function additivityClause({ summary }: ShapFindings): string {
  const { median_gap_share: share } = summary;
  return missesTooMuch(share)
    ? "the scores explain little of the network's output"
    : "";
}

/** Whether the scores add up to the output; empty if they do. */
export function additivityVerdict(
  { summary }: ShapFindings,
  run: RunReport,
): string {
  const { median_gap_share: share, tissues_missed: tissues } = summary;
  if (missesTooMuch(share)) {
    return "**The scores explain little of the network's output:** their sum " +
      `misses ${percent(share)} of it (median over ${
        countOf(summary.explained, "sample")
      }), so do not rely on the lists below. ${remedies(summary, share, run)}`;
  }
  if (tissues.length === 0) return "";
  const largest = Math.max(...tissues.map(({ gap_share }) => gap_share));
  return "**The scores explain little of the network's output** in " +
    `${nameTissues(tissues, escapeText)}: so much of it their sum misses ` +
    `(median over samples). ${remedies(summary, largest, run)}`;
}

/** What makes the gap smaller. */
function remedies(
  summary: ShapFindings["summary"],
  share: number,
  run: RunReport,
): string {
  const { output, draws } = gapRemedy(summary, share);
  const rate = run.parameter("cnn", "learning-rate");
  return [
    ...(output === null ? [] : [
      `${withFlag(`--shap.output ${output}`)} explains one that does not ` +
      "saturate.",
    ]),
    ...(typeof rate === "number" && rate > HIGH_RATE
      ? [
        `${withFlag(`--cnn.learning-rate ${USUAL_RATE}`)} trains more ` +
        "carefully.",
      ]
      : []),
    `${withFlag(`--shap.draws ${draws}`)} takes enough draws.`,
  ].join(" ");
}

/** Names the tissues whose genes cannot be told apart; empty if none. */
export function withoutScoresSentence({ summary }: ShapFindings): string {
  const { tissues_without_scores: names } = summary;
  return names.length === 0
    ? ""
    : `**Nothing is ranked** in ${names.map(escapeText).join(", ")}: all ` +
      "genes have the same median score there.";
}

/** What is wrong with the set itself; empty if nothing is. */
export function setWarnings(found: ShapFindings): string {
  const { summary, matrixGenes, tissueLists, smallerTop } = found;
  const tissues = tissueLists.length;
  return [
    ...(isAllOrNothing(summary.cutoff_rule, tissues)
      ? [
        `**${ALL_OR_NOTHING}** ${
          withFlag("--shap.cutoff top")
        } takes a number of ranks.`,
      ]
      : []),
    ...(summary.genes === matrixGenes
      ? ["**The set is all genes: it selects nothing.**"]
      : []),
    ...(smallerTop !== null
      ? [
        `${withFlag(`--shap.cutoff top --shap.top ${smallerTop}`)} selects ` +
        "at most half.",
      ]
      : []),
    ...(summary.genes < FEW_GENES
      ? [
        `A set of ${countOf(summary.genes, "gene")} is small: one gene ` +
        "decides how the samples cluster.",
      ]
      : []),
  ].join(" ");
}

/** The size of the set for the opening. */
export function sizeClause({ summary, matrixGenes }: ShapFindings): string {
  return summary.genes === matrixGenes
    ? `the gene set is all ${withCommas(matrixGenes)} genes and selects nothing`
    : `SHAP selects ${countOf(summary.genes, "gene")}`;
}
