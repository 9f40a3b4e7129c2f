/** Genes by how well their values alone tell a tissue from the others. */

import type { RankingMethod } from "../ranking_method.ts";
import { rankSums } from "./rank_sums.ts";

/** The area under the ROC curve, from the rank sum of Mann and Whitney. */
export const aurocRanking: RankingMethod = {
  name: "auroc",
  title: "AUROC",
  family: "ranks of samples",
  score:
    "area under the ROC curve of the gene's values, the tissue's samples " +
    "against all others: 1 if all of them are higher",
  citation: "AUROC of a gene: Hanley and McNeil, Radiology 143 (1982)",
  hasP: false,
  // The samples are sorted by each gene.
  isQuick: () => false,
  rank(input) {
    const { sums, counts, count } = rankSums(input);
    const genes = input.dataset.genes.length;
    if (counts.length < 2) return [];
    return input.contrasts.map(({ tissue }, t) => ({
      tissue,
      scores: Float64Array.from({ length: genes }, (_, gene) => {
        const own = counts[t];
        const above = sums[gene * counts.length + t] - own * (own + 1) / 2;
        return above / (own * (count - own));
      }),
    }));
  },
};
