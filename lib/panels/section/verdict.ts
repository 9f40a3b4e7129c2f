/** The verdict: are a few genes enough, and better than random ones? */

import { fixed } from "../../cli/numbers.ts";
import { countOf, withCommas } from "../../cli/text.ts";
import { groupClause, whyTooFewGroups } from "../../cnn/section/group_words.ts";
import { withFlag } from "../../report/commands.ts";
import { escapeText } from "../../report/markdown.ts";
import type { Points } from "../../report/section.ts";
import { formatP, SIGNIFICANCE_LEVEL } from "../../statistics/format_p.ts";
import { find, isBetter } from "../find_rows.ts";
import type { PanelRow } from "../outputs.ts";
import { WHOLE_SET } from "../ranked_lists.ts";
import type { PanelsFindings } from "./findings.ts";
import { panelPhrase } from "./words.ts";

/** Whether a few genes are better than random ones and than a simple ranking. */
export function panelsOpening(found: PanelsFindings): string {
  const { main, shown, rival, summary } = found;
  if (main.seen) return "they are not judged on unseen samples";
  if (shown === null) return "";
  if (!isBetter(shown) || summary.least_adjusted_p >= SIGNIFICANCE_LEVEL) {
    return "no small panel is shown to tell unseen samples apart better than " +
      "random genes";
  }
  const size = shown.size === WHOLE_SET
    ? "the whole set"
    : `${countOf(shown.size, "gene")} a tissue`;
  return `${size} ${
    shown.size === WHOLE_SET || shown.size === 1 ? "tells" : "tell"
  } unseen samples apart better than random genes` +
    (rival === null ? "" : {
      better: `, but ${rival.title}, a simple ranking, does better`,
      worse: ` and than ${rival.title}, the best simple ranking`,
      "not different":
        `, not clearly better than ${rival.title}, a simple ranking`,
    }[rival.is]);
}

/** Why there is no clean judgment; empty if there is one. */
export function panelsWarning(found: PanelsFindings): string {
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
      "the test samples, so none was left out of the ranking; without " +
      "`--shap.explained test` they are ranked on training samples."
    : "";
}

/**
 * The smallest panel beside random genes, and beside a simple ranking.
 *
 * @param groupColumn That names the groups; empty if it is not known.
 */
export function panelsPoints(
  found: PanelsFindings,
  groupColumn: string,
): Points {
  const { shown, rival } = found;
  return shown === null || panelsWarning(found) !== "" ? {} : {
    judged: judgedClause(found, shown),
    rivals: rival === null ? "" : besideRival(shown, rival, groupColumn),
  };
}

/** The same in one paragraph, or why there is no clean judgment. */
export function panelsVerdict(
  found: PanelsFindings,
  groupColumn: string,
): string {
  const { judged, rivals } = panelsPoints(found, groupColumn);
  return judged === undefined
    ? panelsWarning(found)
    : `Judged on ${[judged, rivals].filter(Boolean).join("; ")}.`;
}

/** Why a difference from the simple ranking is uncertain; empty if it is not. */
export function groupsNote({ rival }: PanelsFindings): string {
  const groups = rival?.test?.by_groups ?? null;
  return groups === null || rival!.is === "not different" ||
      groups.least_adjusted_p < SIGNIFICANCE_LEVEL
    ? ""
    : whyTooFewGroups(groups);
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

/** The smallest panel that is better than random genes, or the closest one. */
function judgedClause(
  { main, summary }: PanelsFindings,
  shown: PanelRow,
): string {
  const title = escapeText(main.title);
  const numbers = `a macro F1 of ${fixed(shown.value)} by nearest centroid ` +
    `against ${fixed(shown.null_mean)} (adjusted p ${
      formatP(shown.adjusted_p)
    })`;
  return `${countOf(summary.samples, "sample")} left out of the ranking and ` +
    `the training${
      summary.folds > 1 ? ", fold by fold" : ""
    }, which ${title} ` +
    (isBetter(shown)
      ? `tells apart **better than random genes** with ${
        panelPhrase(shown)
      }: ${numbers}`
      : "is **not shown** to tell apart better than random genes: the " +
        `closest is ${panelPhrase(shown)}, with ${numbers}`);
}

/** Whether the best simple ranking is better, in a clause. */
function besideRival(
  shown: PanelRow,
  { title, row, test, is }: NonNullable<PanelsFindings["rival"]>,
  groupColumn: string,
): string {
  const genes = shown.size === WHOLE_SET
    ? "with as many genes"
    : `with ${countOf(shown.size, "gene")} a tissue`;
  const best = `${escapeText(title)}, the best of the simple rankings,`;
  const counts = test === null
    ? ""
    : ` (${
      countOf(test.only_ranking_right, "sample")
    } predicted right only by it, ` +
      `${
        withCommas(test.only_shap_right)
      } only by SHAP; exact McNemar test of the samples, adjusted p ${
        formatP(test.adjusted_p)
      }${groupClause(test, groupColumn)})`;
  switch (is) {
    case "better":
      return `**${best} is better than SHAP:** macro F1 ${fixed(row.value)} ` +
        genes +
        counts;
    case "worse":
      return `SHAP is better than ${best} which reaches macro F1 ${
        fixed(row.value)
      } ${genes}${counts}`;
    case "not different":
      return `${best} reaches macro F1 ${fixed(row.value)} ${genes}` +
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
  return "Ranked on the test samples themselves, as in the maize study, a panel " +
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
