/** A ranking that the suite does not have. */

import type { RankingMethod } from "../../lib/rankings/ranking_method.ts";

/** Genes that are high in the tissue, wherever else they are. */
export const meanRanking: RankingMethod = {
  name: "mean",
  title: "mean expression",
  score: "mean of the transformed values in the tissue",
  hasP: false,
  rank: ({ contrasts }) =>
    contrasts.map(({ tissue, meanInTissue }) => ({
      tissue,
      scores: meanInTissue,
    })),
};
