/** The verdict: are a few genes enough, and better than random ones? */

import { fixed } from "../../cli/numbers.ts";
import { withFlag } from "../../report/commands.ts";
import { escapeText } from "../../report/markdown.ts";
import { formatP, SIGNIFICANCE_LEVEL } from "../../statistics/format_p.ts";
import { find, isBetter } from "../find_rows.ts";
import { WHOLE_SET } from "../ranked_lists.ts";
import type { PanelsFindings } from "./findings.ts";
import { panelPhrase } from "./words.ts";

/** Its clause of the report's first sentence. */
export function panelsHeadline(found: PanelsFindings): string {
  const { main, shown } = found;
  if (main.seen) {
    return "its genes are not judged on unseen samples, as they were ranked " +
      "on the test samples";
  }
  if (shown === null) return "";
  return isBetter(shown)
    ? `with ${panelPhrase(shown)} unseen samples are told apart with a macro ` +
      `F1 of ${fixed(shown.value)}, with random genes ${fixed(shown.null_mean)}`
    : "no panel of its genes is shown to tell unseen samples apart better " +
      "than random genes";
}

/** A paragraph; two if the lists have seen the judged samples. */
export function panelsVerdict(found: PanelsFindings): string[] {
  const { main, shown, summary } = found;
  if (shown === null) return [nothingJudged(found)];
  if (summary.least_adjusted_p >= SIGNIFICANCE_LEVEL) {
    return [
      "**No panel can be better than random genes here:** with " +
      `${summary.sets} random panels and ${summary.sizes.length} sizes no ` +
      `adjusted p is below ${summary.least_adjusted_p.toPrecision(3)}. ` +
      withFlag(`--panels.sets ${fewestSets(summary.sizes.length)}`) +
      " draws the fewest with which one can be; more are better.",
    ];
  }
  return main.seen
    ? [noCleanJudgment(found)]
    : [[smallestPanel(found), optimism(found)].filter(Boolean).join(" ")];
}

/** The fewest random panels with which some panel could be better. */
export function fewestSets(sizes: number): number {
  return Math.round(sizes / SIGNIFICANCE_LEVEL);
}

function nothingJudged({ summary }: PanelsFindings): string {
  return summary.samples === 0
    ? "**No panel of genes is judged:** there is no test sample, or none to " +
      "learn from."
    : "**No panel of SHAP's genes is judged:** its lists are empty.";
}

/** The main sentence: the smallest panel, random genes, and fold change. */
export function smallestPanel(
  { main, shown, rival }: PanelsFindings,
): string {
  if (shown === null) return "";
  const numbers = `macro F1 of ${fixed(shown.value)} by nearest centroid; ` +
    `random genes reach ${fixed(shown.null_mean)} (adjusted p ${
      formatP(shown.adjusted_p)
    })` +
    (rival === null
      ? ""
      : `; ${
        rival.size === WHOLE_SET
          ? "as many genes by fold change"
          : "fold change, with as many a tissue,"
      } ${fixed(rival.value)}`);
  if (!isBetter(shown)) {
    return `**No panel of ${escapeText(main.title)}'s genes is shown to tell ` +
      "samples that no step has seen apart better than random genes.** The " +
      `closest is ${panelPhrase(shown)}: ${numbers}.`;
  }
  return `With ${panelPhrase(shown)} samples that no step has seen are told ` +
    `apart **better than by random genes**, with a ${numbers}.` +
    (shown.size === WHOLE_SET
      ? " No smaller panel is better than random genes."
      : "");
}

/** What the lists gain that have seen the samples. */
export function optimism(
  { summary, shown }: PanelsFindings,
): string {
  const at = summary.optimism.find(({ size }) => size === shown?.size);
  if (at === undefined) return "";
  return "Ranked on the test samples themselves, as in the study, a panel of " +
    `this size would have a macro F1 ${higher(at.macro_f1)}` +
    (at.ami === null ? "" : ` and an AMI ${higher(at.ami)}`) + ".";
}

/** As in "a macro F1 0.012 higher". */
function higher(difference: number): string {
  const size = fixed(Math.abs(difference));
  return Number(size) === 0
    ? "as high"
    : `${size} ${difference > 0 ? "higher" : "lower"}`;
}

/** SHAP's lists were made on the samples that judge them. */
function noCleanJudgment({ summary, rows }: PanelsFindings): string {
  const clean = summary.rankings.find(({ seen, smallest_macro_f1 }) =>
    !seen && smallest_macro_f1 !== null
  );
  const row = clean &&
    find(
      rows,
      clean.ranking,
      clean.smallest_macro_f1!,
      "centroid_macro_f1",
    );
  return "**There is no clean judgment of SHAP's genes:** they were ranked " +
    "on the test samples, so no sample is left that no step has seen. " +
    "Without `--shap.explained test` they are ranked on training samples." +
    (row
      ? ` Of the simple rankings, whose genes come from training samples, ` +
        `the smallest panel of ${escapeText(clean.title)} better than random ` +
        `genes is ${panelPhrase(row)}: macro F1 ${fixed(row.value)} against ` +
        `${fixed(row.null_mean)}.`
      : "");
}
