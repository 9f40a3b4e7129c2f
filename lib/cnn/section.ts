/** The stage's part of the report: the training and the test scores. */

import { fixed } from "../cli/numbers.ts";
import { withCommas } from "../cli/text.ts";
import { defineSection } from "../report/section.ts";
import { metrics } from "./outputs.ts";
import { type NetworkFindings, networkFindings } from "./section/findings.ts";
import { networkWarnings } from "./section/warnings.ts";
import { networkPart } from "./section/network.ts";

export const cnnSection = defineSection<NetworkFindings>({
  title: "Network",
  read: async (reader) => networkFindings(await reader.read(metrics)),
  summarize: ({ comparison, spread }) => ({ ...comparison, networks: spread }),
  headline: networkHeadline,
  sentence: (found) => networkWarnings(found).join(" "),
  details: (found) => [networkVerdict(found)],
  write: networkPart,
  citations: ({ comparison }) =>
    comparison === null ? [] : [
      "standard error of the number of samples predicted right: Agresti and " +
      "Coull, The American Statistician 52 (1998)",
    ],
});

/** Whether the network is better than the simple classifiers. */
function networkHeadline({ comparison }: NetworkFindings): string {
  if (comparison === null) return "the network was not tested";
  if (!comparison.better_than_largest_tissue) {
    return "the network is not shown to be better than always naming the " +
      `largest tissue (macro F1 ${fixed(comparison.macro_f1)})`;
  }
  return `the network is ${
    comparison.against_baselines === "better" ? "" : "not "
  }better than a simple classifier (macro F1 ${fixed(comparison.macro_f1)})`;
}

/** The same in full, with the scores and how far ahead or behind it is. */
function networkVerdict(
  { metrics: { ensemble, test_samples }, comparison }: NetworkFindings,
): string {
  if (comparison === null) {
    return "How well the network predicts is not known: there is no test " +
      "sample.";
  }
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
  const more = comparison.more_samples_right;
  const difference = (amount: string) =>
    `${withCommas(Math.abs(more))} ${amount} of ${withCommas(test_samples)} ` +
    "test samples right than the more accurate of them" +
    (Math.abs(more) < 2 * comparison.standard_error_of_samples_right
      ? ", a difference that may be chance."
      : ".");
  return {
    better:
      `The network scores higher than the simple classifiers: ${scores}.` +
      (more > 0
        ? ` It gets ${difference("more")}`
        : " It gets no more test samples right than the more accurate of " +
          "them; the gain is in the small tissues."),
    same: `${notBetter} does as well.`,
    worse: `${notBetter} scores higher.` +
      (more < 0 ? ` The network gets ${difference("fewer")}` : ""),
  }[comparison.against_baselines];
}
