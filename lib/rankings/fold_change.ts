/** The simplest ranking: how much higher a gene is in the tissue. */

import type { RankingMethod } from "./ranking_method.ts";

/** By the fold change that every list of genes shows, without its error. */
export const foldChangeRanking: RankingMethod = {
  name: "fold_change",
  title: "fold change",
  family: "difference",
  score: "mean of the transformed values in the tissue - mean of the other " +
    "tissues' means: a log2 fold change where the values are log2",
  hasP: false,
  rank: ({ contrasts }) =>
    contrasts.map(({ tissue, log2FoldChange }) => ({
      tissue,
      scores: log2FoldChange,
    })),
};
