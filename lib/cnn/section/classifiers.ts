/** The part on the network beside the simple classifiers. */

import { fixed, significant } from "../../cli/numbers.ts";
import { countOf, withCommas } from "../../cli/text.ts";
import {
  code,
  details,
  numberColumns,
  paragraphs,
  table,
} from "../../report/markdown.ts";
import { formatP, SIGNIFICANCE_LEVEL } from "../../statistics/format_p.ts";
import { classifierPredictions, type TestedMetrics } from "../outputs.ts";
import { rivalNames, rivals } from "../rivals.ts";
import type { Comparison } from "./findings.ts";
import { leastOf, nameGroups } from "./group_words.ts";
import { formatDifference } from "./verdict.ts";

/** Scores and tests in a table, and how they were made. */
export function classifiersPart(
  metrics: TestedMetrics,
  found: Comparison,
): string {
  return paragraphs(
    "### Compared with simple classifiers",
    (metrics.folds > 1
      ? "All learn from the training part of each fold and are scored on " +
        "its test part; the scores are over the test samples of all folds. "
      : "All learn from the training part and are scored on the same test " +
        "part. ") +
      "Macro F1 is the mean over the tissues, so that a small tissue weighs " +
      "as much as a large one; balanced accuracy is the mean over the " +
      "tissues of the share predicted right.",
    scoreTable(metrics),
    comparisonTable(found),
    "b: test samples that only the network gets right; c: those that only " +
      "the other gets right. McNemar's exact test asks whether the two " +
      "differ by more than chance. It takes samples to be independent; if " +
      "those of a donor or study are right or wrong together, p is too small. " +
      groupsSentence(found) +
      `The adjusted p is corrected for ${
        countOf(rivalNames.length, "test")
      } by Holm. ${intervalSentence(metrics)} ${
        code(classifierPredictions.file)
      } has all predictions.`,
    penaltyPart(metrics),
  );
}

/** What the columns by groups are; ends with a blank, empty without groups. */
function groupsSentence({ rivals: [{ by_groups }] }: Comparison): string {
  if (by_groups === null) return "";
  return `The test by groups takes the ${
    nameGroups(by_groups)
  } of the test samples to be independent instead: it flips the sign of ` +
    "b - c of a whole group. " +
    (by_groups.least_adjusted_p >= SIGNIFICANCE_LEVEL
      ? `With so few groups its adjusted p cannot be below ${
        leastOf(by_groups)
      }, so McNemar's test decides alone. `
      : "The two are said to differ only if both adjusted p are below " +
        `${SIGNIFICANCE_LEVEL}. `);
}

function intervalSentence({ swaps }: TestedMetrics): string {
  return "For the interval of the difference the predictions of the two are " +
    `swapped, ${
      swaps.unit === "groups" ? "a whole group" : "a sample"
    } at a time, in ${withCommas(swaps.ways)} ways (seed ${swaps.seed}). It ` +
    "does not contain 0 only if equally good classifiers would seldom differ " +
    "so much" +
    (swaps.unit === "groups" ? "" : "; it takes samples to be independent") +
    ".";
}

function scoreTable({ ensemble, baselines, ...network }: TestedMetrics) {
  const name = ensemble > 1
    ? `mean of ${withCommas(ensemble)} networks (CNN)`
    : "network (CNN)";
  const rows = [
    { title: name, scores: network },
    ...rivalNames.map((rival) => ({
      title: rivals[rival].title,
      scores: baselines[rival],
    })),
  ];
  return table(
    [
      { title: "classifier" },
      ...numberColumns("macro F1", "accuracy", "balanced accuracy"),
    ],
    rows.map(({ title, scores }) => [
      title,
      fixed(scores.macro_f1),
      fixed(scores.accuracy),
      fixed(scores.balanced_accuracy),
    ]),
  );
}

function comparisonTable({ rivals: results }: Comparison): string {
  const p = (value: number) => formatP(value).replace(/^= /, "");
  const hasGroups = results.some(({ by_groups }) => by_groups !== null);
  return table(
    [
      { title: "network and" },
      ...numberColumns(
        "b",
        "c",
        "McNemar p",
        "adjusted p",
        ...(hasGroups ? ["p by groups", "adjusted p by groups"] : []),
        "difference of macro F1",
      ),
    ],
    results.map((result) => [
      rivals[result.name].title,
      withCommas(result.only_network_right),
      withCommas(result.only_rival_right),
      p(result.p),
      p(result.adjusted_p),
      ...(result.by_groups === null
        ? []
        : [p(result.by_groups.p), p(result.by_groups.adjusted_p)]),
      formatDifference(result.f1_difference),
    ]),
  );
}

/** The penalties, and what chose them. */
function penaltyPart({ baselines }: TestedMetrics): string {
  const { ridge, logistic_regression } = baselines;
  const rows = ridge.penalties.map(({ fold, penalty, chosen_by }, index) => [
    withCommas(fold),
    significant(penalty),
    significant(logistic_regression.penalties[index]?.penalty),
    chosen_by,
  ]);
  return paragraphs(
    "Ridge regression (least squares to targets of +1 and -1) and logistic " +
      "regression (multinomial) are linear and see the values that the " +
      "network sees. Each has a quadratic penalty, chosen by the validation " +
      "samples, by mean squared error and log loss; without such samples, by " +
      "cross-validation within the training samples.",
    details(
      `Penalties (${countOf(rows.length, "fold")})`,
      table(
        [
          ...numberColumns("fold", "ridge", "logistic regression"),
          { title: "chosen by" },
        ],
        rows,
      ),
    ),
  );
}
