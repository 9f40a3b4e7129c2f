/** The verdict: are a few genes enough, and better than random ones? */

import { fixed } from "../../cli/numbers.ts";
import { countOf, withCommas } from "../../cli/text.ts";
import { withFlag } from "../../report/commands.ts";
import { escapeText } from "../../report/markdown.ts";
import { formatP, SIGNIFICANCE_LEVEL } from "../../statistics/format_p.ts";
import { find, isBetter } from "../find_rows.ts";
import type { PanelRow } from "../outputs.ts";
import { WHOLE_SET } from "../ranked_lists.ts";
import type { PanelsFindings } from "./findings.ts";
import { panelPhrase } from "./words.ts";

/** Its clause of the report's first sentence. */
export function panelsHeadline(found: PanelsFindings): string {
  const { main, shown, rival, summary: { samples } } = found;
  if (main.seen) {
    return "its genes are not judged on unseen samples, as they were ranked " +
      "on the test samples";
  }
  if (shown === null) return "";
  const unseen = countOf(samples, "unseen sample");
  if (!isBetter(shown)) {
    return `no panel of its genes is shown to tell ${unseen} apart better ` +
      "than random genes";
  }
  return `with ${panelPhrase(shown)} ${unseen} are told apart with a macro ` +
    `F1 of ${fixed(shown.value)}, by random genes with ` +
    fixed(shown.null_mean) +
    (rival === null
      ? ""
      : ` and by ${rival.title}, the best simple ranking, with ` +
        fixed(rival.row.value) + {
        better: ", which is better than SHAP",
        worse: ", which is worse than SHAP",
        "not different": "",
      }[rival.is]);
}

/** The sentence of the verdict. */
export function panelsVerdict(found: PanelsFindings): string {
  const { main, shown, summary } = found;
  if (shown === null) return nothingJudged(found);
  if (summary.least_adjusted_p >= SIGNIFICANCE_LEVEL) {
    return "**No panel can be better than random genes here:** with " +
      `${summary.sets} random panels and ${summary.sizes.length} sizes no ` +
      `adjusted p is below ${summary.least_adjusted_p.toPrecision(3)}; ` +
      withFlag(`--panels.sets ${fewestSets(summary.sizes.length)}`) +
      " draws the fewest with which one can be.";
  }
  return main.seen
    ? "**There is no clean judgment of SHAP's genes:** they were ranked on " +
      "the test samples, so no sample is left that no step has seen; without " +
      "`--shap.explained test` they are ranked on training samples."
    : smallestPanel(found);
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

/** The smallest panel, random genes, and the best simple ranking. */
function smallestPanel({ main, shown, rival }: PanelsFindings): string {
  if (shown === null) return "";
  const numbers = `macro F1 of ${fixed(shown.value)} by nearest centroid; ` +
    `random genes reach ${fixed(shown.null_mean)} (adjusted p ${
      formatP(shown.adjusted_p)
    })` + (rival === null ? "" : `; ${besideRival(shown, rival)}`);
  return isBetter(shown)
    ? `With ${panelPhrase(shown)} samples that no step has seen are told ` +
      `apart **better than by random genes**, with a ${numbers}.`
    : `**No panel of ${escapeText(main.title)}'s genes is shown to tell ` +
      "samples that no step has seen apart better than random genes:** the " +
      `closest is ${panelPhrase(shown)}, with a ${numbers}.`;
}

/** Whether the best simple ranking is better, in a clause. */
function besideRival(
  shown: PanelRow,
  { title, row, test, is }: NonNullable<PanelsFindings["rival"]>,
): string {
  const genes = shown.size === WHOLE_SET
    ? "with as many genes"
    : "with as many genes a tissue";
  const best = `${escapeText(title)}, the best of the simple rankings,`;
  const counts = test === null
    ? ""
    : ` (${
      countOf(test.only_ranking_right, "sample")
    } told right only by it, ` +
      `${
        withCommas(test.only_shap_right)
      } only by SHAP; exact McNemar test, adjusted p ${
        formatP(test.adjusted_p)
      })`;
  switch (is) {
    case "better":
      return `**${best} is better than SHAP:** ${fixed(row.value)} ${genes}` +
        counts;
    case "worse":
      return `SHAP is better than ${best} which reaches ${
        fixed(row.value)
      } ${genes}${counts}`;
    case "not different":
      return `${best} reaches ${fixed(row.value)} ${genes}` +
        (test === null
          ? ""
          : row.value > shown.value
          ? `: **SHAP is not better**, and not shown to be worse${counts}`
          : `: SHAP is not shown to be better${counts}`);
  }
}

/** What the lists gain that have seen the samples. */
export function optimism(
  { summary, shown, main }: PanelsFindings,
): string {
  const at = summary.optimism.find(({ size }) => size === shown?.size);
  if (shown === null || at === undefined || main.seen) return "";
  return "Ranked on the test samples themselves, as in the study, a panel " +
    `${
      shown.size === WHOLE_SET
        ? "of the set's size"
        : `of ${countOf(shown.size, "gene")} a tissue`
    } would have a macro F1 ${higher(at.macro_f1)}` +
    (at.ami === null ? "" : ` and an AMI ${higher(at.ami)}`) + ".";
}

/** As in "a macro F1 0.012 higher". */
function higher(difference: number): string {
  const size = fixed(Math.abs(difference));
  return Number(size) === 0
    ? "as high"
    : `${size} ${difference > 0 ? "higher" : "lower"}`;
}

/**
 * The smallest panel of a simple ranking that is better than random genes, of
 * equal sizes the one of the highest macro F1; empty if there is none, or if
 * SHAP itself is judged.
 */
export function cleanRanking({ main, summary, rows }: PanelsFindings): string {
  if (!main.seen) return "";
  const found = summary.rankings.flatMap(({ ranking, title, seen, ...own }) => {
    const size = own.smallest_macro_f1;
    const row = seen || size === null
      ? undefined
      : find(rows, ranking, size, "centroid_macro_f1");
    return row === undefined ? [] : [{ title, row }];
  }).toSorted((a, b) =>
    summary.sizes.indexOf(a.row.size) - summary.sizes.indexOf(b.row.size) ||
    b.row.value - a.row.value
  );
  if (found.length === 0) return "";
  const [{ title, row }] = found;
  return "Of the simple rankings, whose genes come from training samples, the " +
    `smallest panel better than random genes is ${panelPhrase(row)} by ` +
    `${escapeText(title)}: macro F1 ${fixed(row.value)} against ` +
    `${fixed(row.null_mean)}.`;
}
