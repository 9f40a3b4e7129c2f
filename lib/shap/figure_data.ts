/** What the figures of the `shap` stage show. */

import type { Dataset } from "../prepare/dataset.ts";
import type { CutoffRule } from "../selection/cutoff.ts";
import type { RankedSelection } from "../selection/select_gene_set.ts";
import type { TissueRanks } from "../selection/ranks.ts";
import { mean, sampleSd } from "../statistics/describe.ts";
import type { CutoffCurve } from "./figures/cutoff_curve.ts";
import type { ScoreDistribution } from "./figures/score_distribution.ts";
import type { TopGenes } from "./figures/top_genes.ts";

/** The share of unique genes by rank, and the cutoff. */
export function cutoffCurveData(
  { union, selected, rates }: RankedSelection,
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

/** Genes a tissue in the heat map. */
const HEAT_MAP_GENES = 3;

/** The mean expression of each tissue's best genes, as z-scores of the gene. */
export function topGenesData(
  { genes, values, tissues: tissueOf }: Dataset,
  ranked: readonly TissueRanks[],
): TopGenes {
  const columns = [
    ...new Set(
      ranked.flatMap(({ order }) => [...order.subarray(0, HEAT_MAP_GENES)]),
    ),
  ];
  const levels = columns.map((column) => {
    const all = tissueOf.map((_, row) => values[row * genes.length + column]);
    return { all, mean: mean(all), sd: sampleSd(all) };
  });
  return {
    tissues: ranked.map(({ tissue }) => tissue),
    genes: columns.map((gene) => genes[gene]),
    values: ranked.map(({ tissue }) =>
      levels.map(({ all, mean: meanOfAll, sd }) => {
        const own = all.filter((_, row) => tissueOf[row] === tissue);
        return sd > 0 ? (mean(own) - meanOfAll) / sd : 0;
      })
    ),
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
    rows: ranked.flatMap(({ tissue, order: [best] }) =>
      best === undefined ? [] : [{
        tissue,
        gene: genes[best],
        scores: tissueOf.flatMap((own, row) =>
          own === tissue ? [scores[row * genes.length + best]] : []
        ),
      }]
    ),
  };
}
