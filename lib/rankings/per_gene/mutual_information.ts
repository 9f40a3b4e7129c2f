/** Genes by how far their values show whether a sample is of a tissue. */

import type { RankingMethod } from "../ranking_method.ts";
import { rankSums } from "./rank_sums.ts";

/**
 * The plug-in estimate from counts: values in bins of about as many samples
 * each, by whether the sample is of the tissue. It is scikit-learn's
 * `mutual_info_score` of the bins, in nats; not the estimate from nearest
 * neighbors of `mutual_info_classif`, which adds random noise to the values and
 * needs more samples of a tissue than many studies have.
 */
export const mutualInformationRanking: RankingMethod = {
  name: "mutual_information",
  title: "mutual information",
  family: "information",
  score: "mutual information, in nats, of the gene's values in up to 10 bins " +
    "of as many samples each with whether a sample is of the tissue",
  citation: "mutual information: Shannon, Bell System Technical Journal 27 " +
    "(1948)",
  hasP: false,
  // The samples are sorted by each gene.
  isQuick: () => false,
  rank(input) {
    const { count: n, counts, bins, binned } = rankSums(input);
    const genes = input.dataset.genes.length;
    if (counts.length < 2) return [];
    const found = input.contrasts.map(({ tissue }) => ({
      tissue,
      scores: new Float64Array(genes),
    }));
    for (let gene = 0; gene < genes; gene++) {
      for (let bin = 0; bin < bins; bin++) {
        const at = (gene * bins + bin) * counts.length;
        let inBin = 0;
        for (let t = 0; t < counts.length; t++) inBin += binned[at + t];
        if (inBin === 0) continue;
        found.forEach(({ scores }, t) => {
          const own = binned[at + t];
          scores[gene] += term(own, inBin, counts[t], n) +
            term(inBin - own, inBin, n - counts[t], n);
        });
      }
    }
    return found;
  },
};

/** One cell's share of the information. */
function term(cell: number, row: number, column: number, all: number): number {
  return cell === 0 ? 0 : cell / all * Math.log(cell * all / (row * column));
}
