/** How many shuffles the p-values of rankings take. */

import { shuffleCount } from "../../statistics/shuffle_count.ts";
import type { RankingInput, RankingMethod } from "../ranking_method.ts";

/**
 * As `shuffleCount`; 0 where no method has p-values, or there is a single tissue.
 */
export function shufflesOf(
  asked: number | "auto",
  methods: readonly RankingMethod[],
  { rows, dataset: { genes }, contrasts }: RankingInput,
): number {
  return contrasts.length > 1 && methods.some(({ hasP }) => hasP)
    ? shuffleCount(asked, rows.length, genes.length)
    : 0;
}
