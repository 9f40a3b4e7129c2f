/** Genes by a recipe that a study of maize is likely to have used. */

import { squeezeVariances } from "../ml/limma/squeeze_variances.ts";
import { twoSidedP } from "../ml/limma/moderated.ts";
import { limmaP } from "./limma.ts";
import { normalizeQuantiles } from "./quantile_normalize.ts";
import type {
  RankingInput,
  RankingMethod,
  TissueScores,
} from "./ranking_method.ts";

/** A gene is called up to this p, which is not adjusted. */
export const MOST_P = 0.05;
/** And from this difference of log2 means on. */
export const LEAST_CHANGE = 2;

/**
 * Linear values by quantile normalization, log2(x + 1), the tissue's samples
 * against all others in a fit of two groups, plain `eBayes`, and genes with an
 * unadjusted p of at most 0.05 and a difference of at least 2. Inferred from
 * scripts of the study's authors for another program; it is not published as
 * the study's own.
 */
export const limmaStudyRanking: RankingMethod = {
  name: "limma_study",
  title: "limma as in the maize study (inferred)",
  family: "t test",
  score: "moderated t (plain) after quantile normalization, the tissue's " +
    "samples against all others; only genes with an unadjusted p of at most " +
    `${MOST_P} and a log2 fold change of at least ${LEAST_CHANGE}`,
  hasP: false,
  ownP: limmaP,
  isQuick: () => false,
  rank(input) {
    const { contrasts, rows, dataset: { genes } } = input;
    const groups = normalizedMoments(input);
    return contrasts.flatMap(({ tissue }, t): TissueScores[] => {
      const own = groups[t].count;
      const rest = rows.length - own;
      if (rest < 1 || rows.length < 3) return [];
      const { difference, variances } = twoGroups(groups, t, genes.length);
      const { priorDf, posterior } = squeezeVariances(
        variances,
        rows.length - 2,
      );
      const unscaled = Math.sqrt(1 / own + 1 / rest);
      const all = difference.map((each, gene) =>
        each / (unscaled * Math.sqrt(posterior[gene]))
      );
      const df = Math.min(
        rows.length - 2 + priorDf,
        (rows.length - 2) * genes.length,
      );
      const p = twoSidedP(all, df);
      const scores = all.map((t, gene) =>
        p[gene] <= MOST_P && Math.abs(difference[gene]) >= LEAST_CHANGE
          ? t
          : NaN
      );
      return [{ tissue, scores, ownP: p }];
    });
  },
};

interface Moments {
  count: number;
  readonly means: Float64Array;
  readonly squares: Float64Array;
}

/** Mean and squared deviations of each gene in each tissue. */
function normalizedMoments(
  { dataset, rows, contrasts, toLinear }: RankingInput,
): Moments[] {
  const { genes, values, tissues } = dataset;
  if (toLinear === undefined) {
    throw new TypeError("Cannot tell the values before the transform");
  }
  const samples = normalizeQuantiles(values, genes.length, rows, toLinear);
  const groups = contrasts.map((): Moments => ({
    count: 0,
    means: new Float64Array(genes.length),
    squares: new Float64Array(genes.length),
  }));
  const groupOf = rows.map((row) =>
    groups[contrasts.findIndex(({ tissue }) => tissue === tissues[row])]
  );
  const own = new Float64Array(genes.length);
  const takeLogs = (i: number) => {
    samples.take(i, own);
    for (let gene = 0; gene < own.length; gene++) {
      own[gene] = Math.log2(own[gene] + 1);
    }
  };
  groupOf.forEach((group, i) => {
    takeLogs(i);
    group.count++;
    for (let gene = 0; gene < own.length; gene++) {
      group.means[gene] += own[gene];
    }
  });
  for (const { count, means } of groups) {
    for (let gene = 0; gene < means.length; gene++) means[gene] /= count;
  }
  groupOf.forEach(({ means, squares }, i) => {
    takeLogs(i);
    for (let gene = 0; gene < own.length; gene++) {
      squares[gene] += (own[gene] - means[gene]) ** 2;
    }
  });
  return groups;
}

/** A tissue against all other samples: difference and residual variance. */
function twoGroups(groups: readonly Moments[], t: number, genes: number) {
  const others = groups.filter((_, other) => other !== t);
  const count = others.reduce((sum, { count }) => sum + count, 0);
  const df = groups[t].count + count - 2;
  const difference = new Float64Array(genes);
  const variances = new Float64Array(genes);
  for (let gene = 0; gene < genes; gene++) {
    let sum = 0;
    for (const { count, means } of others) sum += count * means[gene];
    const mean = sum / count;
    let squares = groups[t].squares[gene];
    for (const { count, means, squares: own } of others) {
      squares += own[gene] + count * (means[gene] - mean) ** 2;
    }
    difference[gene] = groups[t].means[gene] - mean;
    variances[gene] = squares / df;
  }
  return { difference, variances };
}
