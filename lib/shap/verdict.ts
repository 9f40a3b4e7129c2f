/** The line that the stage prints at its end. */

import { percent } from "../cli/numbers.ts";
import { withCommas } from "../cli/text.ts";
import { missesTooMuch } from "./additivity.ts";
import type { ShapSummary } from "./outputs.ts";

/** The gene set, the predictions, and what makes the scores uncertain. */
export function formatVerdict(summary: ShapSummary): string {
  const { correct, explained, explained_part: part } = summary;
  const { decoys, median_gap_share: missed } = summary;
  return `${withCommas(summary.genes)} of ` +
    `${withCommas(summary.genes_in_matrix)} genes, cutoff at rank ` +
    `${withCommas(summary.listed_ranks)}; ${correct} of ${explained} ${part} ` +
    "samples predicted right" +
    (decoys
      ? `; noise rate of the ranking ${percent(decoys.noise_rate)}`
      : "") +
    (missesTooMuch(missed)
      ? `; the scores explain little of the network's output: they miss ` +
        percent(missed)
      : "");
}
