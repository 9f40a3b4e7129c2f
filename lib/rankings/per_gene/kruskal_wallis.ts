/** Genes by the H of Kruskal and Wallis over all tissues. */

import { chiSquaredUpperTail } from "../../statistics/chi_squared.ts";
import { onlyLargest } from "../../statistics/specificity.ts";
import type { RankingMethod } from "../ranking_method.ts";
import { rankSums } from "./rank_sums.ts";

/** H names no tissue: the one with the highest mean rank has the gene. */
export const kruskalRanking: RankingMethod = {
  name: "kruskal_wallis",
  title: "Kruskal-Wallis H",
  family: "ranks of samples",
  score: "H over all tissues, corrected for ties, in the tissue of the " +
    "highest mean rank",
  citation: "H: Kruskal and Wallis, Journal of the American Statistical " +
    "Association 47 (1952)",
  hasP: true,
  // The samples are sorted by each gene.
  isQuick: () => false,
  pHelp: "that no tissue differs, by chi squared; at least 5e-324",
  rank(input) {
    const { sums, counts, count: n, ties } = rankSums(input);
    const genes = input.dataset.genes.length;
    if (counts.length < 2) return [];
    const found = input.contrasts.map(({ tissue }) => ({
      tissue,
      scores: new Float64Array(genes).fill(NaN),
      p: new Float64Array(genes).fill(NaN),
    }));
    for (let gene = 0; gene < genes; gene++) {
      const correction = 1 - ties[gene] / (n ** 3 - n);
      if (!(correction > 0)) continue;
      const means = counts.map((own, t) =>
        sums[gene * counts.length + t] / own
      );
      let spread = 0;
      counts.forEach((own, t) => spread += own * (means[t] - (n + 1) / 2) ** 2);
      const h = 12 / (n * (n + 1)) * spread / correction;
      const p = Math.max(
        Number.MIN_VALUE,
        chiSquaredUpperTail(h, counts.length - 1),
      );
      const home = onlyLargest(means);
      found.forEach((each, t) => {
        each.p[gene] = p;
        if (t === home) each.scores[gene] = h;
      });
    }
    return found;
  },
};
