/** SHAP's vote in the consensus. */

import { VOTED_RANKS } from "../../selection/levels.ts";
import type { RankingMethod } from "../ranking_method.ts";
import { SHAP } from "../shap_rankings.ts";

/**
 * SHAP's ranking by the same samples, as the input gives it: a gene's score is
 * minus its place among the first `VOTED_RANKS`. Without such a ranking no gene
 * has a score, and SHAP no vote: only earlier stages train networks.
 */
export const shapVoter: RankingMethod = {
  name: SHAP,
  title: "SHAP",
  score: "minus the place in SHAP's ranking",
  family: "network",
  hasP: false,
  isQuick: () => false,
  rank: ({ shap, contrasts, dataset: { genes } }) =>
    contrasts.flatMap(({ tissue }) => {
      const list = shap?.get(tissue);
      if (list === undefined) return [];
      const scores = new Float64Array(genes.length).fill(NaN);
      const voted = Math.min(list.length, VOTED_RANKS);
      for (let place = 0; place < voted; place++) {
        scores[list[place]] = -place;
      }
      return [{ tissue, scores }];
    }),
};
