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
import { formatP } from "../../statistics/format_p.ts";
import { classifierPredictions, type TestedMetrics } from "../outputs.ts";
import { rivalNames, rivals } from "../rivals.ts";
import type { Comparison } from "./findings.ts";
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
    "b is the number of test samples that only the network gets right, c " +
      "that of those that only the other gets right. McNemar's exact test " +
      "asks whether the two differ by more than chance; it takes samples to " +
      "be independent, so samples of one donor or study make p too small. " +
      `The adjusted p is corrected for ${
        countOf(rivalNames.length, "test")
      } by Holm. The interval of the difference is by ${
        withCommas(metrics.bootstrap.resamples)
      } resamples of the test samples, tissue by tissue (seed ` +
      `${metrics.bootstrap.seed}); it is too narrow where a tissue has few ` +
      `samples. ${code(classifierPredictions.file)} has all predictions.`,
    penaltyPart(metrics),
  );
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
  return table(
    [
      { title: "network and" },
      ...numberColumns(
        "b",
        "c",
        "McNemar p",
        "adjusted p",
        "difference of macro F1",
      ),
    ],
    results.map((result) => [
      rivals[result.name].title,
      withCommas(result.only_network_right),
      withCommas(result.only_rival_right),
      p(result.p),
      p(result.adjusted_p),
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
