/** Draws in blocks, as the shap stage makes them, and scores from draws. */

import type { FrozenNetwork } from "../../lib/cnn/inference_pass.ts";
import { RandomStream } from "../../lib/random.ts";
import { blockStandardError } from "../../lib/statistics/block_error.ts";
import type { BlockScores } from "../../lib/shap/block_scores.ts";
import {
  type Draw,
  type DrawRules,
  type DrawSource,
  planDraws,
} from "../../lib/shap/draws.ts";
import type { ExplainedOutput } from "../../lib/shap/explained_output.ts";
import { blockGradientSums } from "../../lib/shap/expected_gradients.ts";

/** What shap does. */
export const shapRules: DrawRules = {
  alphas: "uniform",
  backgrounds: "random",
};

/** What this suite does by default. */
export const defaultRules: DrawRules = {
  alphas: "importance",
  backgrounds: "balanced",
  control: "background",
};

/** Draws by a seed. */
export function makeDraws(
  seed: number,
  source: DrawSource,
  count: number,
  blocks: number,
  rules: DrawRules,
): Draw[] {
  return planDraws(new RandomStream(seed), source, count, blocks, rules);
}

/** One sample's scores: the mean over all draws. */
export async function explainSample(
  frozen: FrozenNetwork,
  sample: Float32Array,
  explainedClass: number,
  background: Float32Array,
  draws: readonly Omit<Draw, "block">[],
  batch: number,
  output: ExplainedOutput = "probability",
): Promise<Float64Array> {
  const sums = await blockGradientSums(
    frozen,
    sample,
    explainedClass,
    background,
    draws.map((draw) => ({ ...draw, block: 0 })),
    1,
    batch,
    output,
  );
  return sums.map((sum) => sum / draws.length);
}

/** The Monte Carlo standard error of each score: samples x columns. */
export function standardErrors(scores: BlockScores): number[] {
  const { columns, blocks } = scores.size;
  const all = Uint32Array.from({ length: columns }, (_, column) => column);
  const byBlock = Array.from(
    { length: blocks },
    (_, block) => scores.ofBlocks([block], all),
  );
  return Array.from(
    byBlock[0],
    (_, index) => blockStandardError(byBlock.map((one) => one[index]))!,
  );
}
