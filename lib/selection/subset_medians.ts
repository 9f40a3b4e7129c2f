/** Median scores by some of the draws, or by one network, for comparisons. */

import type { BlockScores } from "../shap/block_scores.ts";
import { type TissueMedians, tissueMedians } from "./tissue_medians.ts";

/** Which samples and columns of the scores are compared. */
export interface ComparedScores {
  readonly scores: BlockScores;
  /** The real genes' columns. */
  readonly columns: Uint32Array;
  /** Each sample's tissue, or null to leave it out. */
  readonly tissueOf: readonly (string | null)[];
  readonly tissues: readonly string[];
}

/** Each tissue's median scores by the draws of some blocks, counted from 0. */
export function mediansOfBlocks(
  { scores, columns, tissueOf, tissues }: ComparedScores,
  blocks: readonly number[],
): TissueMedians[] {
  return tissueMedians(scores.ofBlocks(blocks, columns), tissueOf, tissues);
}

/** Each tissue's median scores by one of several networks, counted from 0. */
export function mediansOfNetwork(
  { scores, columns, tissueOf, tissues }: ComparedScores,
  member: number,
): TissueMedians[] {
  return tissueMedians(scores.ofNetwork(member, columns), tissueOf, tissues);
}
