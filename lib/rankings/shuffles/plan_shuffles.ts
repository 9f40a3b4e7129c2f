/** How many shuffles the p-values of rankings take, and who has none. */

import { shuffleCount } from "../../statistics/shuffle_count.ts";
import type { RankingInput, RankingMethod } from "../ranking_method.ts";
import { planExchange } from "./exchange.ts";

/** The shuffles behind the p-values of rankings. */
export interface ShufflePlan {
  readonly shuffles: number;
  /** Tissues without p: none of their samples can change places with others. */
  readonly without_p: readonly string[];
}

/**
 * As many as `shuffleCount` says; 0 where no method has p-values, there is a
 * single tissue, or no sample can change places, as where each tissue has a
 * single group.
 */
export function planShuffles(
  asked: number | "auto",
  methods: readonly RankingMethod[],
  input: RankingInput,
): ShufflePlan {
  const { rows, dataset: { genes }, contrasts } = input;
  if (contrasts.length < 2 || !methods.some(({ hasP }) => hasP)) {
    return { shuffles: 0, without_p: [] };
  }
  // Whether a residual is left does not depend on the correlation.
  const { movable } = planExchange(input, 0);
  return {
    shuffles: movable.includes(true)
      ? shuffleCount(asked, rows.length, genes.length)
      : 0,
    without_p: contrasts.map(({ tissue }) => tissue)
      .filter((_, t) => !movable[t]),
  };
}
