/** What the repeated splits show, in sentences. */

import { fixed } from "../../cli/numbers.ts";
import { countOf } from "../../cli/text.ts";
import { escapeText } from "../../report/markdown.ts";
import type { ClassifierName, RepeatedSplits } from "../outputs.ts";

/** A mean with its interval. */
type Interval = Pick<RepeatedSplits["panels"][number], "mean" | "low" | "high">;

/** As a sentence names them. */
export const classifierWords: Readonly<Record<ClassifierName, string>> = {
  networks: "the networks",
  ridge: "ridge",
  nearest_centroid: "nearest centroid",
  five_nearest_neighbors: "five nearest neighbors",
};

/** Such as `0.012 (-0.003 to 0.027)`. */
export function intervalText({ mean, low, high }: Interval): string {
  return `${fixed(mean)} (${fixed(low)} to ${fixed(high)})`;
}

/** Whether the interval leaves out 0. */
export function isClear({ low, high }: Interval): boolean {
  return low > 0 || high < 0;
}

/** The networks over the splits, and beside the best simple classifier. */
export function networksSentence(
  splits: number,
  { classifiers, differences }: RepeatedSplits,
): string {
  const networks = classifiers.find(({ classifier }) =>
    classifier === "networks"
  );
  if (networks === undefined) {
    return "**Nothing could be judged on other splits:** some split has no " +
      "test sample.";
  }
  const begin = `**On ${splits} random splits** of the same samples, ` +
    `networks trained anew reach macro F1 ${fixed(networks.mean)} (95 % ` +
    `interval ${fixed(networks.low)} to ${fixed(networks.high)})`;
  const [rival] = classifiers.filter(({ classifier }) =>
    classifier !== "networks"
  ).sort((a, b) => b.mean - a.mean);
  const gain = differences.find(({ classifier }) =>
    classifier === rival?.classifier
  );
  if (rival === undefined || gain === undefined) return `${begin}.`;
  const name = classifierWords[rival.classifier];
  const words = !isClear(gain)
    ? "which is not shown to be another score"
    : gain.mean > 0
    ? "and the networks are better"
    : "and the networks are worse";
  return `${begin}, ${name} ${fixed(rival.mean)}: a difference of ` +
    `${intervalText(gain)}, ${words}.`;
}

/** SHAP's panels beside those of each other ranking. */
export function panelsSentence(
  { rankings, panel_differences: gains }: RepeatedSplits,
): string {
  const parts = rankings.flatMap(({ ranking, title }) => {
    const own = gains.filter((row) => row.ranking === ranking);
    if (own.length === 0) return [];
    const better = own.filter((row) => row.low > 0).length;
    const worse = own.filter((row) => row.high < 0).length;
    const name = escapeText(title);
    if (better + worse === 0) return [`as good as those of ${name}`];
    const counts = [
      ...better > 0 ? [`better than those of ${name} at ${better}`] : [],
      ...worse > 0
        ? [`worse than ${better > 0 ? "they" : `those of ${name}`} at ${worse}`]
        : [],
    ].join(" and ");
    return [`${counts} of ${countOf(own.length, "size")}`];
  });
  return parts.length === 0
    ? ""
    : `As far as these splits show, SHAP's panels are ${
      parts.length === 1
        ? parts[0]
        : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`
    }.`;
}
