/** What the repeated splits show, in sentences. */

import { fixed } from "../../cli/numbers.ts";
import { countOf } from "../../cli/text.ts";
import { rivals } from "../../cnn/rivals.ts";
import { escapeText } from "../../report/markdown.ts";
import type { ClassifierName, RepeatedSplits } from "../outputs.ts";

/** A mean with its interval. */
type Interval = Pick<RepeatedSplits["panels"][number], "mean" | "low" | "high">;

/** As a sentence names them. */
export const classifierWords: Readonly<Record<ClassifierName, string>> = {
  networks: "the networks",
  nearest_centroid: rivals.nearest_centroid.title,
  five_nearest_neighbors: rivals.five_nearest_neighbors.title,
  ridge: rivals.ridge.title,
  logistic_regression: rivals.logistic_regression.title,
};

/** Such as `0.012 (-0.003 to 0.027)`. */
export function intervalText({ mean, low, high }: Interval): string {
  return `${fixed(mean)} (${fixed(low)} to ${fixed(high)})`;
}

/** The same of a score, its interval cut at 0 and 1. */
export function scoreText({ mean, low, high }: Interval): string {
  return `${fixed(mean)} (${fixed(Math.max(0, low))} to ${
    fixed(Math.min(1, high))
  })`;
}

/** Whether the interval leaves out 0. */
export function isClear({ low, high }: Interval): boolean {
  return low > 0 || high < 0;
}

/** Said where the networks were not judged. */
export const NOTHING_JUDGED =
  "**Nothing could be judged on other splits:** some split has no test sample.";

/**
 * The networks over the splits, and beside the best simple classifier; empty if
 * they were not judged.
 */
export function networksClause(
  splits: number,
  { classifiers, differences }: RepeatedSplits,
): string {
  const networks = classifiers.find(({ classifier }) =>
    classifier === "networks"
  );
  if (networks === undefined) return "";
  const begin = `${splits} random splits of the same samples, on which newly ` +
    `trained networks reach a macro F1 of ${scoreText(networks)} (mean and ` +
    "95 % interval)";
  const [rival] = classifiers.filter(({ classifier }) =>
    classifier !== "networks"
  ).sort((a, b) => b.mean - a.mean);
  const gain = differences.find(({ classifier }) =>
    classifier === rival?.classifier
  );
  if (rival === undefined || gain === undefined) return begin;
  const name = classifierWords[rival.classifier];
  const words = !isClear(gain)
    ? "which is not shown to be another score"
    : gain.mean > 0
    ? "and the networks are better"
    : "and the networks are worse";
  return `${begin}, ${name} ${fixed(rival.mean)}: a difference of ` +
    `${intervalText(gain)}, ${words}`;
}

/** SHAP's panels beside those of each other ranking; empty without any. */
export function panelsSentence(
  { rankings, panel_differences: gains }: RepeatedSplits,
): string {
  const alike: string[] = [];
  const different: string[] = [];
  for (const { ranking, title } of rankings) {
    const own = gains.filter((row) => row.ranking === ranking);
    if (own.length === 0) continue;
    const name = escapeText(title);
    const better = own.filter((row) => row.low > 0).length;
    const worse = own.filter((row) => row.high < 0).length;
    if (better + worse === 0) {
      alike.push(name);
      continue;
    }
    const counts = [
      ...better > 0 ? [`better at ${better}`] : [],
      ...worse > 0 ? [`worse at ${worse}`] : [],
    ].join(" and ");
    different.push(
      `beside those of ${name} they are ${counts} of ${
        countOf(own.length, "size")
      }`,
    );
  }
  const parts = [
    ...alike.length === 0 ? [] : [
      `at no size are they shown to be better or worse than those of ${
        anyOf(alike)
      }`,
    ],
    ...different,
  ];
  return parts.length === 0
    ? ""
    : `SHAP's panels over these splits: ${parts.join("; ")}.`;
}

function anyOf(names: readonly string[]): string {
  return names.length === 1
    ? names[0]
    : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
