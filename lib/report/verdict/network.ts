/** The verdict on the network. */

import type { NetworkFindings } from "../findings/network.ts";
import { count, fixed } from "../numbers.ts";

/**
 * Whether the network is worth its cost.
 *
 * @param testSamples Samples that it was tested on.
 */
export function networkVerdict(
  found: NetworkFindings,
  testSamples: number,
): string {
  const replicates = found.networks?.replicates ?? 1;
  const network = replicates > 1
    ? `the mean of ${count(replicates)} networks`
    : "the network";
  const scores = `macro F1 on the test samples is ${fixed(found.macro_f1)} ` +
    `for ${network}, ${fixed(found.nearest_centroid_macro_f1)} for nearest ` +
    `centroids and ${fixed(found.five_nearest_neighbors_macro_f1)} for five ` +
    `nearest neighbors`;
  if (found.against_baselines === "worse") {
    return `The network does **not** earn its keep: ${scores}. A simple ` +
      `classifier scores higher.${deficit(found, testSamples)}`;
  }
  if (found.against_baselines === "same") {
    return `The network does **not** earn its keep: ${scores}. A simple ` +
      `classifier does as well.`;
  }
  const more = found.more_samples_right;
  const error = found.standard_error_of_samples_right;
  const surplus = more > 0
    ? ` It gets ${count(more)} more of ${count(testSamples)} test samples ` +
      `right than the more accurate of them${
        more < 2 * error ? ", a difference that may be chance" : ""
      }.`
    : " It gets no more test samples right than the more accurate of them; " +
      "the gain is in the small tissues.";
  return `The network scores higher than the simple classifiers: ${scores}.` +
    surplus;
}

/** How many samples the network is behind, where it is. */
function deficit(found: NetworkFindings, testSamples: number): string {
  const fewer = -found.more_samples_right;
  if (fewer <= 0) return "";
  return ` The network gets ${count(fewer)} fewer of ${count(testSamples)} ` +
    `test samples right than the more accurate of them${
      fewer < 2 * found.standard_error_of_samples_right
        ? ", a difference that may be chance"
        : ""
    }.`;
}
