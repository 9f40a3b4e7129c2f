/** Genes by the F of an analysis of variance over all tissues. */

import { onlyLargest } from "../../statistics/specificity.ts";
import type { RankingInput, RankingMethod } from "../ranking_method.ts";
import { momentsOfTissues, type TissueMoments } from "../tissue_moments.ts";
import { forAllTissues, inHighestTissue } from "./highest_tissue.ts";

/** F names no tissue: the one with the highest mean has the gene. */
export const anovaRanking: RankingMethod = {
  name: "anova_f",
  title: "ANOVA F",
  family: "t test",
  score: "F over all tissues, in the tissue of the highest mean; the largest " +
    "double where no tissue varies",
  citation: "F: Fisher, Statistical Methods for Research Workers (1925)",
  hasP: true,
  pMeaning: "no tissue differs",
  rank(input) {
    const groups = momentsOfTissues(input);
    const home = (gene: number) => highestTissue(groups, gene);
    return inHighestTissue(input, testGenes(input, groups), home);
  },
  statistic: (input) =>
    forAllTissues(input, testGenes(input, momentsOfTissues(input))),
};

/** F by gene column; NaN for a gene that does not vary. */
function testGenes(
  { rows, dataset: { genes } }: RankingInput,
  groups: readonly TissueMoments[],
): Float64Array | null {
  const n = rows.length;
  if (groups.length < 2 || n <= groups.length) return null;
  const sums = new Float64Array(genes.length);
  const within = new Float64Array(genes.length);
  const between = new Float64Array(genes.length);
  for (const { count, means, squares } of groups) {
    for (let gene = 0; gene < genes.length; gene++) {
      sums[gene] += count * means[gene];
      within[gene] += squares[gene];
    }
  }
  for (const { count, means } of groups) {
    for (let gene = 0; gene < genes.length; gene++) {
      between[gene] += count * (means[gene] - sums[gene] / n) ** 2;
    }
  }
  return between.map((own, gene) => {
    const varies = within[gene] > 0 ||
      groups.some(({ means }) => means[gene] !== groups[0].means[gene]);
    const f = own / (groups.length - 1) / (within[gene] / (n - groups.length));
    // A table holds finite numbers only.
    return varies ? Math.min(f, Number.MAX_VALUE) : NaN;
  });
}

/** Values may be below 0, where logarithms are. */
function highestTissue(groups: readonly TissueMoments[], gene: number): number {
  const means = groups.map(({ means }) => means[gene]);
  const least = Math.min(...means);
  return onlyLargest(means.map((each) => each - least));
}
