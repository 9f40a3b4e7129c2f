/** Draws in blocks, as the shap stage makes them. */

import { RandomStream } from "../../lib/random.ts";
import { assignBlocks } from "../../lib/shap/draw_blocks.ts";
import {
  type BlocksOfDraws,
  type Draw,
  type DrawRules,
  type DrawSource,
  planDraws,
} from "../../lib/shap/draws.ts";

/** What shap does. */
export const shapRules: DrawRules = {
  alphas: "random",
  backgrounds: "random",
};

/** What this suite does unless told otherwise. */
export const defaultRules: DrawRules = {
  alphas: "steep",
  backgrounds: "balanced",
};

/** Parts the draws into blocks and makes them. */
export function makeDraws(
  seed: number,
  source: DrawSource,
  count: number,
  blockCount: number,
  rules: DrawRules,
): { draws: Draw[]; blocks: BlocksOfDraws } {
  const stream = new RandomStream(seed);
  const blocks = assignBlocks(stream, count, blockCount, rules.alphas);
  return { draws: planDraws(stream, source, blocks, rules), blocks };
}
