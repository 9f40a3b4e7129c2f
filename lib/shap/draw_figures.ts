/** The figures of the `shap` stage. */

import type { Dataset } from "../prepare/dataset.ts";
import { drawCutoffCurve } from "./figures/cutoff_curve.ts";
import { drawScoreDistribution } from "./figures/score_distribution.ts";
import { drawTopGenes } from "./figures/top_genes.ts";
import { mean, sampleSd } from "../statistics/describe.ts";
import type { DecoyRates } from "../selection/decoy_rates.ts";
import type { CutoffRule, SelectedGenes } from "../selection/cutoff.ts";
import type { RankUnion } from "../selection/rank_union.ts";
import type { TissueRanks } from "../selection/ranks.ts";

/** Genes a tissue in the heat map and in the score distribution. */
const HEAT_MAP_GENES = 3;
const DISTRIBUTION_GENES = 1;

/** Draws the cut curve, the heat map and the score distribution. */
export async function writeFigures(
  folder: string,
  facts: {
    readonly dataset: Dataset;
    /** samples x real genes. */
    readonly scores: Float32Array;
    /** Each explained sample's tissue if it was predicted right. */
    readonly correct: readonly (string | null)[];
    readonly ranked: readonly TissueRanks[];
    readonly walk: RankUnion;
    readonly rule: CutoffRule;
    readonly cut: SelectedGenes;
    /** Null without decoys. */
    readonly rates: DecoyRates | null;
  },
): Promise<void> {
  const { dataset, scores, correct, ranked, rule, cut } = facts;
  await Deno.writeTextFile(
    `${folder}/cut_curve.svg`,
    drawCutoffCurve({
      shares: facts.walk.uniqueShares,
      cutRank: cut.ranks,
      genes: cut.chosen.length,
      threshold: rule.rule === "unique" ? rule.share : null,
      rule: rule.rule === "fdr"
        ? "the last rank with an estimated false discovery rate of at most " +
          `${rule.rate}, one decoy more counted`
        : "a rank that was given",
      falseDiscoveryRates: facts.rates?.falseDiscoveryRates,
    }),
  );

  const columns = [
    ...new Set(
      ranked.flatMap(({ order }) => [...order.subarray(0, HEAT_MAP_GENES)]),
    ),
  ];
  await Deno.writeTextFile(
    `${folder}/top_genes.svg`,
    drawTopGenes({
      tissues: ranked.map(({ tissue }) => tissue),
      genes: columns.map((gene) => dataset.genes[gene]),
      values: meanLevels(
        dataset,
        ranked.map(({ tissue }) => tissue),
        columns,
      ),
      label: "Mean expression over all samples (z-score of the gene)",
    }),
  );

  const genes = dataset.genes.length;
  await Deno.writeTextFile(
    `${folder}/score_distribution.svg`,
    drawScoreDistribution({
      rows: ranked.flatMap(({ tissue, order }) =>
        Array.from(order.subarray(0, DISTRIBUTION_GENES), (gene) => ({
          tissue,
          gene: dataset.genes[gene],
          scores: correct.flatMap((of, row) =>
            of === tissue ? [scores[row * genes + gene]] : []
          ),
        }))
      ),
    }),
  );
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
