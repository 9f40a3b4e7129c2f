/** Draws in blocks, as the shap stage makes them. */

import { RandomStream } from "../../lib/run/random.ts";
import { assignBlocks } from "../../lib/shap/draw_blocks.ts";
import {
  type BlocksOfDraws,
  type Draw,
  drawPlaces,
  type DrawRules,
  type DrawSource,
} from "../../lib/shap/draw_places.ts";

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
  return { draws: drawPlaces(stream, source, blocks, rules), blocks };
}
