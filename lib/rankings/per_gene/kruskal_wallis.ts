/** Genes by the H of Kruskal and Wallis over all tissues. */

import { onlyLargest } from "../../statistics/specificity.ts";
import type { RankingMethod } from "../ranking_method.ts";
import { forAllTissues, inHighestTissue } from "./highest_tissue.ts";
import { type RankSums, rankSums } from "./rank_sums.ts";

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
  pMeaning: "no tissue differs",
  // The samples are sorted by each gene.
  isQuick: () => false,
  rank(input) {
    const ranks = rankSums(input);
    const { sums, counts } = ranks;
    const home = (gene: number) =>
      onlyLargest(counts.map((own, t) => sums[gene * counts.length + t] / own));
    return inHighestTissue(input, testGenes(ranks), home);
  },
  statistic: (input) => forAllTissues(input, testGenes(rankSums(input))),
};

/** H by gene column; NaN for a gene that does not vary. */
function testGenes(
  { sums, counts, count: n, ties }: RankSums,
): Float64Array | null {
  if (counts.length < 2) return null;
  return ties.map((own, gene) => {
    const correction = 1 - own / (n ** 3 - n);
    if (!(correction > 0)) return NaN;
    let spread = 0;
    for (let t = 0; t < counts.length; t++) {
      const mean = sums[gene * counts.length + t] / counts[t];
      spread += counts[t] * (mean - (n + 1) / 2) ** 2;
    }
    return 12 / (n * (n + 1)) * spread / correction;
  });
}
