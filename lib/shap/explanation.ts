/** One sample's explanation in numbers, and what they say together. */

import { mean } from "../statistics/describe.ts";
import type { GeneCut } from "./gene_cut.ts";
import type { TissueRanks } from "./ranks.ts";

/** One explained sample. */
export interface Explanation {
  readonly sampleId: string;
  readonly tissue: string;
  readonly predicted: string;
  readonly predictedClass: number;
  /** Seed of the sample's draws. */
  readonly seed: number;
  /** The predicted class's probability, f_c(x). */
  readonly output: number;
  /** Mean of f_c over the background. */
  readonly expected: number;
  /** Sum of the scores over all genes. */
  sum: number;
}

/**
 * What the scores leave unexplained: `output - expected - sum`. It shrinks
 * with the square root of the draws.
 */
export function additivityGap(explanation: Explanation): number {
  return explanation.output - explanation.expected - explanation.sum;
}

/** `shap/summary.json` */
export interface ExplanationSummary {
  /** Background draws a sample. */
  readonly draws: number;
  /** Test samples explained. */
  readonly explained: number;
  /** Of them, predicted right and so ranked. */
  readonly correct: number;
  /** Of them, predicted wrong and so left out of the ranks. */
  readonly dropped: number;
  /** Tissues without a ranked sample. */
  readonly tissues_without_samples: readonly string[];
  /** Genes in the set. */
  readonly genes: number;
  /** Ranks that went into the set. */
  readonly listed_ranks: number;
  /** Unique genes / genes listed at the last rank that went in. */
  readonly unique_share_at_cut: number;
  /** Mean of |output - expected - sum|. */
  readonly mean_absolute_gap: number;
  /** Mean of |output - expected|, to hold the gap against. */
  readonly mean_absolute_difference: number;
}

/** Sums the explanations up. */
export function summarize(
  explanations: readonly Explanation[],
  ranked: readonly TissueRanks[],
  cut: GeneCut,
  facts: { draws: number; tissuesWithoutSamples: readonly string[] },
): ExplanationSummary {
  const correct = ranked.reduce((sum, { samples }) => sum + samples, 0);
  return {
    draws: facts.draws,
    explained: explanations.length,
    correct,
    dropped: explanations.length - correct,
    tissues_without_samples: facts.tissuesWithoutSamples,
    genes: cut.chosen.length,
    listed_ranks: cut.ranks,
    unique_share_at_cut: cut.uniqueShares[cut.ranks - 1],
    mean_absolute_gap: mean(
      explanations.map((explanation) => Math.abs(additivityGap(explanation))),
    ),
    mean_absolute_difference: mean(
      explanations.map(({ output, expected }) => Math.abs(output - expected)),
    ),
  };
}
