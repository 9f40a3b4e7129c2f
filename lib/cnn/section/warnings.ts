/** What the test shows that makes an explanation of the network worthless. */

import { percent } from "../../cli/numbers.ts";
import { countOf, withCommas } from "../../cli/text.ts";
import { escapeText } from "../../report/markdown.ts";
import { formatP, SIGNIFICANCE_LEVEL } from "../../statistics/format_p.ts";
import type { NetworkFindings } from "./findings.ts";

/** Tissues that a sentence names. */
const NAMED = 5;

/** With this many samples or more no error at all is worth no warning. */
const LARGE_ERROR = 0.05;

/** Sentences for the top of the network's verdict, a paragraph in all. */
export function networkWarnings(
  { metrics: { test_samples }, comparison }: NetworkFindings,
): string[] {
  if (comparison === null) return [];
  const { samples_right: right, largest_tissue_samples: largest } = comparison;
  const never = comparison.tissues_never_right;
  const shown = never.slice(0, NAMED).map(escapeText).join(", ");
  const more = never.length - NAMED;
  // The largest error rate at which no error is seen in 5 % of all tests.
  const bound = 1 - SIGNIFICANCE_LEVEL ** (1 / test_samples);
  const sentences = [
    ...(comparison.better_than_largest_tissue ? [] : [
      "**The network is not shown to have learned the tissues.** It gets " +
      `${withCommas(right)} of ${
        countOf(test_samples, "test sample")
      } right; ` +
      `always naming ${escapeText(comparison.largest_tissue)}, the largest ` +
      `tissue, would get ${withCommas(largest)} (binomial test, p ` +
      `${formatP(comparison.p_against_largest_tissue)}). Genes that explain ` +
      "such a network mean little.",
    ]),
    ...(comparison.only_prediction === null ? [] : [
      `Every test sample is predicted as ${
        escapeText(comparison.only_prediction)
      }.`,
    ]),
    ...(never.length === 0 ? [] : [
      `**No sample of ${shown}${
        more > 0 ? ` and ${countOf(more, "more tissue")}` : ""
      } is predicted right:** do not rely on the genes found for ${
        never.length === 1 ? "it" : "them"
      }.`,
    ]),
    ...(right === test_samples && bound > LARGE_ERROR
      ? [
        `All ${countOf(test_samples, "test sample")} are predicted right, ` +
        `but they are few: an error rate of up to ${percent(bound)} cannot ` +
        "be excluded (95 % bound).",
      ]
      : []),
  ];
  return sentences.length === 0 ? [] : [sentences.join(" ")];
}
