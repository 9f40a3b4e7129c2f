/** What the report says of twins, confounders and logarithms taken twice. */

import { countOf } from "../../cli/text.ts";
import { code, escapeText } from "../../report/markdown.ts";
import {
  formatConfounders,
  formatPredicting,
  formatShared,
  formatTwins,
  type Review,
} from "../review/describe_review.ts";
import { formatSplitTwins } from "../review/split_twins.ts";

/** The verdict's paragraphs on what makes scores look better than they are. */
export function formatReviewVerdict(found: Review): string[] {
  const { twins } = found;
  const confounded = [
    ...formatPredicting(found, code),
    ...formatShared(found, code),
  ];
  return [
    ...found.logarithm_twice
      ? [
        "**Logarithms of logarithms:** the values look like logarithms " +
        "already, and their logarithm was taken. If they are, use them as " +
        `they are: ${code("--prepare.transform none")}.`,
      ]
      : [],
    ...twins.tested_with_twin > 0
      ? [
        `**Equal samples:** ${
          formatSplitTwins({
            tested: twins.tested,
            known: twins.tested_with_twin,
          })
        }. ${code("--drop-twins")} leaves them out.`,
      ]
      : [],
    ...confounded.length > 0
      ? [`**Mixed up with the tissue:** ${confounded.join(". ")}.`]
      : [],
  ];
}

/** The section's paragraph on the samples, if there is something to say. */
export function formatReviewed(found: Review): string {
  const sentences = [
    formatEmpty(found),
    formatTwins(found),
    ...formatConfounders(found, code),
    formatInnocent(found),
  ].filter((sentence) => sentence !== "");
  return sentences.map((sentence) => `${sentence}.`).join(" ");
}

function formatEmpty({ empty_samples }: Review): string {
  return empty_samples === 0
    ? ""
    : `In ${countOf(empty_samples, "sample")} of the matrix nothing was ` +
      `measured (${code("--drop-zero-samples")} leaves such samples out)`;
}

/** Names what was looked at and does not predict the tissue. */
function formatInnocent({ confounders }: Review): string {
  const named = confounders.filter(({ finding }) => finding === "none")
    .map(({ column }) =>
      column === null ? "the library size" : escapeText(column)
    );
  if (named.length === 0) return "";
  const shown = named.slice(0, 5).join(", ") +
    (named.length > 5 ? ` and ${named.length - 5} more` : "");
  return `Looked at, and not mixed up with the tissue: ${shown}`;
}
