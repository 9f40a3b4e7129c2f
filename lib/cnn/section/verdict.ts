/** The verdict on the network. */

import { withCommas } from "../../cli/text.ts";
import { fixed } from "../../cli/numbers.ts";
import type { Comparison, NetworkFindings } from "./findings.ts";

/** Whether the network is better than the simple classifiers. */
export function networkHeadline({ comparison }: NetworkFindings): string {
  if (comparison === null) return "the network was not tested";
  return `the network is ${
    comparison.against_baselines === "better" ? "" : "not "
  }better than a simple classifier (macro F1 ${fixed(comparison.macro_f1)})`;
}

/** Says whether the network is better than the simple classifiers. */
export function networkVerdict(
  { metrics, comparison }: NetworkFindings,
): string {
  if (comparison === null) {
    return "How well the network predicts is not known: there is no test " +
      "sample.";
  }
  const { ensemble, test_samples } = metrics;
  const network = ensemble > 1
    ? `the mean of ${withCommas(ensemble)} networks`
    : "the network";
  const scores = "macro F1 on the test samples is " +
    `${fixed(comparison.macro_f1)} for ${network}, ` +
    `${fixed(comparison.nearest_centroid_macro_f1)} for nearest centroids ` +
    `and ${fixed(comparison.five_nearest_neighbors_macro_f1)} for five ` +
    "nearest neighbors";
  const notBetter = "The network is **not** better than a simple classifier: " +
    `${scores}. A simple classifier`;
  return {
    better: "The network scores higher than the simple classifiers: " +
      `${scores}.${surplus(comparison, test_samples)}`,
    same: `${notBetter} does as well.`,
    worse: `${notBetter} scores higher.${deficit(comparison, test_samples)}`,
  }[comparison.against_baselines];
}

/** How many samples the network is ahead. */
function surplus(found: Comparison, testSamples: number): string {
  const more = found.more_samples_right;
  return more > 0
    ? ` It gets ${withCommas(more)} more of ${withCommas(testSamples)} test ` +
      "samples right than the more accurate of them" +
      `${chance(found)}.`
    : " It gets no more test samples right than the more accurate of them; " +
      "the gain is in the small tissues.";
}

/** How many samples the network is behind, where it is. */
function deficit(found: Comparison, testSamples: number): string {
  const fewer = -found.more_samples_right;
  return fewer <= 0 ? "" : ` The network gets ${withCommas(fewer)} fewer of ` +
    `${withCommas(testSamples)} test samples right than the more accurate ` +
    `of them${chance(found)}.`;
}

/** Says if the difference is less than two standard errors. */
function chance(found: Comparison): string {
  return Math.abs(found.more_samples_right) <
      2 * found.standard_error_of_samples_right
    ? ", a difference that may be chance"
    : "";
}
