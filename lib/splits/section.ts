/** The stage's part of the report: scores over repeated splits. */

import { fixed } from "../cli/numbers.ts";
import { countOf } from "../cli/text.ts";
import { WHOLE_SET } from "../panels/ranked_lists.ts";
import { withFlag } from "../report/commands.ts";
import {
  code,
  escapeText,
  numberColumns,
  paragraphs,
  table,
} from "../report/markdown.ts";
import { defineSection } from "../report/section.ts";
import * as files from "./outputs.ts";
import {
  classifierWords,
  intervalText,
  isClear,
  networksClause,
  NOTHING_JUDGED,
  panelsSentence,
  scoreText,
} from "./section/words.ts";

/** Splits from which on an interval is narrow enough to be of use. */
const ENOUGH = 10;

export const splitsSection = defineSection<files.SplitsSummary>({
  title: "Other splits of the samples",
  read: (reader) => reader.read(files.summary),
  summarize: (found) => ({ ...found }),
  warning: ({ splits, repeated }) =>
    repeated === null || networksClause(splits, repeated) !== ""
      ? ""
      : NOTHING_JUDGED,
  points: ({ splits, repeated }) => ({
    judged: repeated === null ? "" : networksClause(splits, repeated),
  }),
  details: ({ splits, repeated }) =>
    repeated === null ? [] : [
      [panelsSentence(repeated), fewSplits(splits)].filter(Boolean).join(" "),
    ]
      .filter(Boolean),
  write: ({ splits, repeated }, run) =>
    repeated === null
      ? "All scores are of the run's own split of the samples. " +
        `${
          withFlag("--splits 10")
        } trains, explains and judges on ten random ` +
        "splits and gives the scores an interval; that takes about ten times " +
        "as long as training and explaining."
      : paragraphs(
        [networksSentence(splits, repeated), fewSplits(splits)]
          .filter(Boolean).join(" "),
        howSplit(splits, repeated),
        classifierTable(repeated),
        repeated.panels.length === 0 ? "" : panelsSentence(repeated),
        run.figure(files.splitCurves.file),
        panelTable(repeated),
        notJudged(repeated),
      ),
  citations: ({ repeated }) =>
    repeated === null ? [] : [
      "intervals over splits whose training samples overlap: Nadeau and " +
      "Bengio, Machine Learning 52 (2003)",
    ],
});

function networksSentence(
  splits: number,
  repeated: files.RepeatedSplits,
): string {
  const clause = networksClause(splits, repeated);
  return clause === "" ? NOTHING_JUDGED : `Judged on ${clause}.`;
}

/** Said where intervals are too wide to show anything. */
function fewSplits(splits: number): string {
  return splits >= ENOUGH
    ? ""
    : `With ${splits} splits an interval is wide, and what it does not show ` +
      `may still be so; ${withFlag(`--splits ${ENOUGH}`)} makes it narrower.`;
}

function howSplit(
  splits: number,
  { samples, groups, different, ...parts }: files.RepeatedSplits,
): string {
  return `The ${countOf(samples, "sample")} were split at random ${splits} ` +
    "times, each tissue as far as possible in the same shares" +
    (groups > 0
      ? ` and each of ${countOf(groups, "group")} kept in one part`
      : "") +
    (different < splits
      ? ` (${countOf(different, "different split")}: so few groups can be ` +
        "split in few ways, and the intervals are too narrow)"
      : "") +
    `: ${fixed(parts.trained, 0)} to train and ${
      fixed(parts.tested, 0)
    } to test, on ` +
    `average. In each split ${
      countOf(parts.ensemble, "network")
    } learned the ` +
    "training samples with the run's settings, training samples were " +
    "explained, genes were ranked by all methods on training samples, and the " +
    "test samples judged all. The filter of genes has seen all samples, " +
    "without their tissues. Splits share most of their training samples, so " +
    "that the usual standard error would be too small; the intervals take the " +
    "variance (1 / splits + tested / trained) s² (Nadeau and Bengio). Each " +
    `stands for itself and is not adjusted for their number. ${
      code(files.f1.file)
    } and ${code(files.splitPanels.file)} have each split.`;
}

function classifierTable(
  { classifiers, differences }: files.RepeatedSplits,
): string {
  return classifiers.length === 0 ? "" : table(
    [
      { title: "classifier" },
      ...numberColumns("macro F1", "sd", "the networks' less that"),
    ],
    classifiers.map((row) => {
      const gain = differences
        .find(({ classifier }) => classifier === row.classifier);
      return [
        classifierWords[row.classifier],
        scoreText(row),
        fixed(row.sd),
        gain === undefined ? "" : bold(gain),
      ];
    }),
  );
}

function panelTable(
  { rankings, sizes, panels, panel_differences: gains }: files.RepeatedSplits,
): string {
  if (panels.length === 0) return "**No panel was judged in every split.**";
  const rows = rankings.map(({ ranking, title }) => [
    escapeText(title),
    ...sizes.map((size) => {
      const row = panels.find((each) =>
        each.ranking === ranking && each.size === size
      );
      const gain = gains.find((each) =>
        each.ranking === ranking && each.size === size
      );
      if (row === undefined) return "";
      return gain === undefined
        ? fixed(row.mean)
        : `${fixed(row.mean)}; ${bold(gain)}`;
    }),
  ]);
  return paragraphs(
    "Macro F1 of nearest centroid by genes a tissue, and SHAP's less that " +
      "with its interval, **bold** where it leaves out 0:",
    table(
      [
        { title: "ranking" },
        ...numberColumns(
          ...sizes.map((size) => size === WHOLE_SET ? "set" : String(size)),
        ),
      ],
      rows,
    ),
  );
}

function bold(gain: Parameters<typeof intervalText>[0]): string {
  const text = intervalText(gain);
  return isClear(gain) ? `**${text}**` : text;
}

function notJudged({ not_judged }: files.RepeatedSplits): string {
  return not_judged.length === 0
    ? ""
    : `Without a gene in some split: ${
      not_judged.map(({ ranking, size }) =>
        `${escapeText(ranking)} (${
          size === WHOLE_SET ? "set" : countOf(size, "gene")
        })`
      ).join(", ")
    }.`;
}
