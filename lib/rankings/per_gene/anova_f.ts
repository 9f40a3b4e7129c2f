/** Genes by the F of an analysis of variance over all tissues. */

import { fUpperTail } from "../../statistics/f_tail.ts";
import { onlyLargest } from "../../statistics/specificity.ts";
import type { RankingMethod } from "../ranking_method.ts";
import { momentsOfTissues } from "../tissue_moments.ts";

/** F names no tissue: the one with the highest mean has the gene. */
export const anovaRanking: RankingMethod = {
  name: "anova_f",
  title: "ANOVA F",
  family: "t test",
  score: "F over all tissues, in the tissue of the highest mean; the largest " +
    "double where no tissue varies",
  citation: "F: Fisher, Statistical Methods for Research Workers (1925)",
  hasP: true,
  pHelp: "that no tissue differs, by F; at least 5e-324",
  rank(input) {
    const { rows, contrasts, dataset: { genes } } = input;
    const groups = momentsOfTissues(input);
    const n = rows.length;
    if (groups.length < 2 || n <= groups.length) return [];
    const found = contrasts.map(({ tissue }) => ({
      tissue,
      scores: new Float64Array(genes.length).fill(NaN),
      p: new Float64Array(genes.length).fill(NaN),
    }));
    for (let gene = 0; gene < genes.length; gene++) {
      const means = groups.map(({ means }) => means[gene]);
      let sum = 0;
      let within = 0;
      groups.forEach(({ count, squares }, t) => {
        sum += count * means[t];
        within += squares[gene];
      });
      let between = 0;
      groups.forEach(({ count }, t) =>
        between += count * (means[t] - sum / n) ** 2
      );
      if (within === 0 && means.every((each) => each === means[0])) continue;
      const f = between / (groups.length - 1) / (within / (n - groups.length));
      const p = fUpperTail(
        between,
        groups.length - 1,
        within,
        n - groups.length,
      );
      const home = largestMean(means);
      found.forEach((each, t) => {
        each.p[gene] = Math.max(Number.MIN_VALUE, p);
        // A table holds finite numbers only.
        if (t === home) each.scores[gene] = Math.min(f, Number.MAX_VALUE);
      });
    }
    return found;
  },
};

/** Values may be below 0, where logarithms are. */
function largestMean(means: readonly number[]): number {
  const least = Math.min(...means);
  return onlyLargest(means.map((each) => each - least));
}
