/** How many shuffles the p-values of the genes take. */

import type { RankingInput, RankingMethod } from "../ranking_method.ts";

/** By default, so that the least adjusted p of a single gene is 0.02. */
const MOST = 50;
/** With fewer the adjusted p of a single gene could not be 0.05. */
const LEAST = 20;
/** Values that are shuffled in all, so that it takes a minute or so at most. */
const VALUES = 500_000_000;

/**
 * The number that is asked for; by `auto` 50, or where the matrix is large as
 * many as shuffle 500 million values, at least 20.
 */
export function shuffleCount(
  asked: number | "auto",
  samples: number,
  genes: number,
): number {
  if (asked !== "auto") return asked;
  const affordable = Math.floor(VALUES / Math.max(1, samples * genes));
  return Math.min(MOST, Math.max(LEAST, affordable));
}

/** The same; 0 where no method has p-values, or there is a single tissue. */
export function shufflesOf(
  asked: number | "auto",
  methods: readonly RankingMethod[],
  { rows, dataset: { genes }, contrasts }: RankingInput,
): number {
  return contrasts.length > 1 && methods.some(({ hasP }) => hasP)
    ? shuffleCount(asked, rows.length, genes.length)
    : 0;
}
