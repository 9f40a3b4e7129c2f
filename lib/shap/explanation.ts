/** One sample's explanation in numbers. */

import type { BlockScores } from "./block_scores.ts";
import type { ExplainedSample } from "./predictions.ts";
import { blockStandardError } from "./block_error.ts";

/** One explained sample. */
export interface Explanation extends ExplainedSample {
  /** Seed of the sample's first draws for the first network. */
  readonly seed: number;
  /** Sum of the scores over all genes and decoys. */
  readonly sum: number;
  /** Sum of the decoys' scores. */
  readonly decoySum: number;
  /** Monte Carlo standard error of `sum`; null with fewer than two draws. */
  readonly standardError: number | null;
}

/**
 * What the scores leave unexplained: `output - expected - sum`. It shrinks
 * with the square root of the draws.
 */
export function additivityGap(
  explanation: Pick<Explanation, "output" | "expected" | "sum">,
): number {
  return explanation.output - explanation.expected - explanation.sum;
}

/**
 * Puts the sums to the samples.
 *
 * @param samples In the order of the scores.
 * @param scores All columns' scores.
 * @param decoyScores samples x decoys.
 * @param seedOf The seed of a sample's first draws.
 */
export function explanationsOf(
  samples: readonly ExplainedSample[],
  scores: BlockScores,
  decoyScores: Float32Array,
  seedOf: (sampleId: string) => number,
): Explanation[] {
  const decoys = decoyScores.length / samples.length;
  return samples.map((sample, place) => {
    const blocks = scores.totalsOf(place);
    return {
      ...sample,
      seed: seedOf(sample.sampleId),
      sum: blocks.reduce((sum, block) => sum + block, 0) / blocks.length,
      decoySum: decoyScores.subarray(place * decoys, (place + 1) * decoys)
        .reduce((sum, score) => sum + score, 0),
      standardError: blockStandardError(blocks),
    };
  });
}
