/** How much of the network's output the scores miss, and what would help. */

import { percent } from "../cli/numbers.ts";
import { byCodeUnit, quote } from "../cli/text.ts";
import { median } from "../statistics/describe.ts";
import { DEFAULT_OUTPUT, type ExplainedOutput } from "./explained_output.ts";
import type { ExplanationRow, ShapSummary } from "./outputs.ts";

/** Scores that miss more than this share of the output explain little of it. */
export const MOST_MISSED = 1 / 3;

/** The share that the number of draws which is proposed aims at. */
const AIM = 0.1;

/** The most draws that can be asked for. */
const MOST_DRAWS = 1_000_000;

type Explained = Pick<
  ExplanationRow,
  "explained_tissue" | "model_output" | "base_value" | "additivity_gap"
>;

/**
 * The median over samples of |gap| / |output - base value|, each at most 1:
 * the share of what is to be explained that the sum of the scores misses.
 *
 * @returns Null if no sample has anything to explain.
 */
export function missedShare(samples: readonly Explained[]): number | null {
  const shares = samples.flatMap(
    ({ model_output, base_value, additivity_gap }) => {
      const gap = Math.abs(additivity_gap);
      const difference = Math.abs(model_output - base_value);
      if (gap === 0 && difference === 0) return [];
      return [gap < difference ? gap / difference : 1];
    },
  );
  return shares.length === 0 ? null : median(shares);
}

/** The share of all samples, and the tissues in which it is too large. */
export function summarizeAdditivity(samples: readonly Explained[]) {
  const tissues = [
    ...Map.groupBy(samples, ({ explained_tissue }) => explained_tissue),
  ].sort(([a], [b]) => byCodeUnit(a, b));
  return {
    median_gap_share: missedShare(samples),
    tissues_missed: tissues.flatMap(([tissue, own]) => {
      const share = missedShare(own);
      return share !== null && share > MOST_MISSED
        ? [{ tissue, gap_share: share }]
        : [];
    }),
  };
}

/** Flags of `shap`, with their values, that make the share smaller. */
export interface GapRemedy {
  /** Null if the best output is explained already. */
  readonly output: ExplainedOutput | null;
  /** Draws that are expected to miss a tenth. */
  readonly draws: number;
}

/**
 * The gap is chance: it falls as 1 / sqrt(draws). An output that saturates
 * needs many more draws than the logit.
 *
 * @param share The share that is missed, above a tenth.
 */
export function gapRemedy(
  { draws, output }: Pick<ShapSummary, "draws" | "output">,
  share: number,
): GapRemedy {
  const wanted = draws * (share / AIM) ** 2;
  return {
    output: output === DEFAULT_OUTPUT ? null : DEFAULT_OUTPUT,
    draws: Math.min(MOST_DRAWS, Math.max(100, Math.ceil(wanted / 100) * 100)),
  };
}

/** Whether the scores of all samples together miss too much. */
export function missesTooMuch(
  share: number | null | undefined,
): share is number {
  return typeof share === "number" && share > MOST_MISSED;
}

/** What the user is warned of; empty if the scores add up. */
export function additivityWarning(
  summary: Pick<
    ShapSummary,
    "median_gap_share" | "tissues_missed" | "draws" | "output"
  >,
): string {
  const { median_gap_share: share, tissues_missed: tissues } = summary;
  const all = missesTooMuch(share);
  if (!all && tissues.length === 0) return "";
  const largest = all
    ? share
    : Math.max(...tissues.map(({ gap_share }) => gap_share));
  const { draws, output } = gapRemedy(summary, largest);
  const what = all
    ? `the sum of a sample's scores misses ${percent(share)} of it (median)`
    : `in ${nameTissues(tissues, quote)} the sum of a sample's scores misses ` +
      `more than a third of it (median)`;
  return `The scores explain little of the network's output: ${what}. ` +
    (output === null
      ? ""
      : `--shap.output ${output} explains one that does not saturate; `) +
    `--shap.draws ${draws} takes enough draws. A smaller --cnn.learning-rate ` +
    "helps where it was raised.";
}

/** The first few tissues with their shares. */
export function nameTissues(
  tissues: ShapSummary["tissues_missed"],
  write: (name: string) => string,
): string {
  const shown = tissues.slice(0, 5)
    .map(({ tissue, gap_share }) => `${write(tissue)} (${percent(gap_share)})`);
  const more = tissues.length - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
