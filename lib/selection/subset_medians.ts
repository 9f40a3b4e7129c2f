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
  compared: ComparedScores,
  blocks: readonly number[],
): TissueMedians[] {
  const { scores, columns } = compared;
  return mediansOf(compared, scores.ofBlocks(blocks, columns));
}

/** Each tissue's median scores by one of several networks, counted from 0. */
export function mediansOfNetwork(
  compared: ComparedScores,
  member: number,
): TissueMedians[] {
  const { scores, columns } = compared;
  return mediansOf(compared, scores.ofNetwork(member, columns));
}

function mediansOf(
  { columns, tissueOf, tissues }: ComparedScores,
  scores: Float32Array,
): TissueMedians[] {
  return tissueMedians({ scores, genes: columns.length }, tissueOf, tissues);
}
