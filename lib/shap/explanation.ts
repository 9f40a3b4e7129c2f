/** The rows of `explanations.csv`. */

import type { BlockScores } from "./block_scores.ts";
import { blockStandardError } from "./block_error.ts";
import type { ExplanationRow } from "./outputs.ts";
import type { ExplainedSample } from "./predictions.ts";

/**
 * Adds up each sample's scores, and compares the sum with what it estimates.
 *
 * @param samples In the order of the scores.
 * @param scores All columns' scores.
 * @param decoyScores samples x decoys.
 * @param seedOf The seed of a sample's first draws for the first network.
 */
export function explanationRows(
  samples: readonly ExplainedSample[],
  scores: BlockScores,
  decoyScores: Float32Array,
  seedOf: (sampleId: string) => number,
): ExplanationRow[] {
  const decoys = decoyScores.length / samples.length;
  return samples.map((sample, row) => {
    const { sampleId, tissue, predicted, modelOutput, baseValue } = sample;
    const blocks = scores.totalsOf(row);
    const sum = blocks.reduce((sum, block) => sum + block, 0) / blocks.length;
    return {
      sample_id: sampleId,
      tissue,
      predicted,
      model_output: modelOutput,
      base_value: baseValue,
      shap_sum: sum,
      additivity_gap: modelOutput - baseValue - sum,
      standard_error: blockStandardError(blocks),
      seed: seedOf(sampleId),
      decoy_shap_sum: decoyScores.subarray(row * decoys, (row + 1) * decoys)
        .reduce((sum, score) => sum + score, 0),
      fold: sample.fold,
    };
  });
}
