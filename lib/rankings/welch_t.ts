/** Genes by Welch's t of a tissue against all other samples. */

import { type GroupMoments, welchT } from "../statistics/welch_t.ts";
import type {
  RankingInput,
  RankingMethod,
  TissueScores,
} from "./ranking_method.ts";
import { momentsOfTissues, type TissueMoments } from "./tissue_moments.ts";

/**
 * The tissue's samples against all other samples taken together, so that a
 * tissue with many samples counts for more among the others.
 */
export const welchRanking: RankingMethod = {
  name: "welch_t",
  title: "Welch's t",
  family: "t test",
  score: "Welch's t of the tissue's samples against all other samples; the " +
    "largest double where neither varies",
  citation: "Welch's t: Welch, Biometrika 34 (1947)",
  hasP: true,
  rank: scoreGenes,
};

function scoreGenes(input: RankingInput): TissueScores[] {
  const moments = momentsOfTissues(input);
  return input.contrasts.map(({ tissue, meanInTissue }) => {
    const scores = new Float64Array(meanInTissue.length).fill(NaN);
    const own = moments.find((each) => each.tissue === tissue)!;
    const others = moments.filter((each) => each !== own);
    for (let gene = 0; gene < scores.length; gene++) {
      const found = welchT(momentsOf(own, gene), pool(others, gene));
      if (found === null) continue;
      const { t } = found;
      // A table holds finite numbers only.
      scores[gene] = Number.isFinite(t) ? t : Math.sign(t) * Number.MAX_VALUE;
    }
    return { tissue, scores };
  });
}

function momentsOf(
  { count, means, squares }: TissueMoments,
  gene: number,
): GroupMoments {
  return { count, mean: means[gene], squares: squares[gene] };
}

/** Several groups as one: no sample need be read again. */
function pool(groups: readonly TissueMoments[], gene: number): GroupMoments {
  let count = 0;
  let sum = 0;
  for (const group of groups) {
    count += group.count;
    sum += group.count * group.means[gene];
  }
  const mean = sum / count;
  let squares = 0;
  for (const group of groups) {
    squares += group.squares[gene] +
      group.count * (group.means[gene] - mean) ** 2;
  }
  return { count, mean, squares };
}
