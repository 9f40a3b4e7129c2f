/** What the figures of the `shap` stage show. */

import type { Dataset } from "../prepare/dataset.ts";
import type { CutoffRule } from "../selection/cutoff.ts";
import type { GeneSet } from "../selection/gene_set.ts";
import type { TissueRanks } from "../selection/ranks.ts";
import { mean, sampleSd } from "../statistics/describe.ts";
import type { CutoffCurve } from "./figures/cutoff_curve.ts";
import type { ScoreDistribution } from "./figures/score_distribution.ts";
import type { TopGenes } from "./figures/top_genes.ts";

/** Genes a tissue in the heat map and in the score distribution. */
const HEAT_MAP_GENES = 3;
const DISTRIBUTION_GENES = 1;

/** The share of unique genes by rank, and the cutoff. */
export function cutoffCurveData(
  { union, selected, rates }: GeneSet,
  rule: CutoffRule,
): CutoffCurve {
  return {
    shares: union.uniqueShares,
    cutoffRank: selected.ranks,
    genes: selected.chosen.length,
    threshold: rule.rule === "unique" ? rule.share : null,
    rule: rule.rule === "fdr"
      ? "the last rank with an estimated false discovery rate of at most " +
        `${rule.rate}, one decoy more counted`
      : "a rank that was given",
    falseDiscoveryRates: rates?.map((rate) => rate.false_discovery_rate),
  };
}

/** The expression of each tissue's best genes. */
export function topGenesData(
  dataset: Dataset,
  ranked: readonly TissueRanks[],
): TopGenes {
  const columns = [
    ...new Set(
      ranked.flatMap(({ order }) => [...order.subarray(0, HEAT_MAP_GENES)]),
    ),
  ];
  const tissues = ranked.map(({ tissue }) => tissue);
  return {
    tissues,
    genes: columns.map((gene) => dataset.genes[gene]),
    values: meanLevels(dataset, tissues, columns),
    label: "Mean expression over all samples (z-score of the gene)",
  };
}

/**
 * The scores of each tissue's best gene.
 *
 * @param scores samples x real genes.
 * @param tissueOf Each explained sample's tissue if it was predicted right.
 */
export function scoreDistributionData(
  { genes }: Dataset,
  ranked: readonly TissueRanks[],
  scores: Float32Array,
  tissueOf: readonly (string | null)[],
): ScoreDistribution {
  return {
    rows: ranked.flatMap(({ tissue, order }) =>
      Array.from(order.subarray(0, DISTRIBUTION_GENES), (gene) => ({
        tissue,
        gene: genes[gene],
        scores: tissueOf.flatMap((own, row) =>
          own === tissue ? [scores[row * genes.length + gene]] : []
        ),
      }))
    ),
  };
}

/** tissues x genes: the tissue's mean level as a z-score of the gene. */
function meanLevels(
  dataset: Dataset,
  tissues: readonly string[],
  columns: readonly number[],
): number[][] {
  const genes = dataset.genes.length;
  const levels = columns.map((column) => {
    const values = dataset.sampleIds.map((_, row) =>
      dataset.values[row * genes + column]
    );
    return { values, mean: mean(values), sd: sampleSd(values) };
  });
  return tissues.map((tissue) =>
    levels.map(({ values, mean: all, sd }) => {
      const own = values.filter((_, row) => dataset.tissues[row] === tissue);
      return sd > 0 ? (mean(own) - all) / sd : 0;
    })
  );
}
