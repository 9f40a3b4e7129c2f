/** The rows of the stage's tables. */

import type { Dataset } from "../prepare/dataset.ts";
import type { RowOf } from "../store/table.ts";
import type { RecoveryCurves } from "./figures/recovery.ts";
import type * as files from "./outputs.ts";
import { median } from "../statistics/describe.ts";
import { fitLimma } from "./limma.ts";
import type { RankedTissue } from "./rank_tissues.ts";
import type { RankingInput, RankingMethod } from "./ranking_method.ts";
import {
  bestPossible,
  chancePrecision,
  type RankingRecovery,
} from "./recovery.ts";
import type { RidgeTest } from "./ridge.ts";
import type { SetRecovery } from "./set_recovery.ts";
import type { FittedTrees } from "./trees/fit.ts";
import { CONSENSUS, type Ranking } from "./shap_rankings.ts";
import { SPECIFIC_LEVEL, type SpecificGenes } from "./specific_genes.ts";
import type { TissueTruth, Truth } from "./truth.ts";

/** A method's lists, to be compared with SHAP's. */
export function asRanking(
  { name, title }: RankingMethod,
  ranked: readonly RankedTissue[],
): Ranking {
  return {
    name,
    title,
    lists: new Map(ranked.map(({ tissue, order }) => [tissue, order])),
    scoreOf: (tissue, gene) => {
      const score = ranked.find((own) => own.tissue === tissue)?.scores[gene];
      return score === undefined || Number.isNaN(score) ? null : score;
    },
  };
}

/** A method's file: each tissue's first genes. */
export function rankingRows(
  method: Pick<RankingMethod, "hasP" | "ownP">,
  { genes, geneFacts }: Pick<Dataset, "genes" | "geneFacts">,
  ranked: readonly RankedTissue[],
  listed: number,
): RowOf<ReturnType<typeof files.rankingTable>>[] {
  const known = (value = NaN) => Number.isNaN(value) ? null : value;
  return ranked.flatMap(({ tissue, order, scores, shuffled, own }) =>
    Array.from(order.subarray(0, listed), (gene, index) => ({
      gene: genes[gene],
      name: geneFacts[gene].name,
      tissue,
      rank: index + 1,
      score: scores[gene],
      ...(method.hasP && {
        p: known(shuffled?.p[gene]),
        adjusted_p: known(shuffled?.adjusted[gene]),
      }),
      ...(method.ownP && {
        [`${method.ownP.name}_p`]: known(own?.p[gene]),
        [`${method.ownP.name}_adjusted_p`]: known(own?.adjusted[gene]),
      }),
    }))
  );
}

/** `ridge_predictions.csv`: empty if there is no test sample. */
export function predictionRows(
  { sampleIds, tissues, tissueNames }: Dataset,
  ridge: RidgeTest | null,
): RowOf<typeof files.ridgePredictions>[] {
  return (ridge?.predictions ?? []).map(({ row, fold, predictedClass }) => ({
    sample_id: sampleIds[row],
    fold,
    tissue: tissues[row],
    predicted: tissueNames[predictedClass],
  }));
}

/** The classifier in numbers. */
export function summarizeRidge(
  ridge: RidgeTest | null,
): files.GenesetsSummary["ridge"] {
  return ridge && {
    test_samples: ridge.predictions.length,
    accuracy: ridge.accuracy,
    macro_f1: ridge.macroF1,
    penalties: ridge.penalties,
  };
}

/** How the boosted trees were fitted. */
export function summarizeTrees(
  fits: number,
  rounds: number,
  { smallLeaves }: Pick<FittedTrees, "smallLeaves">,
): files.GenesetsSummary["trees"] {
  return {
    fits,
    rounds,
    small_leaves: smallLeaves.map((each) => ({
      tissue: each.tissue,
      samples_in_half: each.samplesInHalf,
      min_data_in_leaf: each.minData,
    })),
  };
}

/** How many genes are specific, and of those that SHAP lists. */
export function summarizeSpecificGenes(
  { tissues, untested, correlation }: SpecificGenes,
  lists: ReadonlyMap<string, readonly number[]>,
  factor: number,
): files.SpecificGenesSummary {
  return {
    factor,
    level: SPECIFIC_LEVEL,
    correlation,
    untested: [...untested],
    tissues: tissues.map(({ tissue, adjusted }) => {
      const isSpecific = (gene: number) => adjusted[gene] <= SPECIFIC_LEVEL;
      const listed = lists.get(tissue) ?? [];
      return {
        tissue,
        specific: adjusted.filter((value) => value <= SPECIFIC_LEVEL).length,
        listed: listed.length,
        listed_specific: listed.filter(isSpecific).length,
      };
    }),
  };
}

/** `recovery.csv`. */
export function recoveryRows(
  measured: readonly RankingRecovery[],
  genes: number,
): RowOf<typeof files.recovery>[] {
  return measured.flatMap(({ ranking, tissues }) =>
    tissues.flatMap(({ tissue, averagePrecision, depths }) =>
      depths.map((depth) => ({
        method: ranking.name,
        tissue: tissue.tissue,
        truth_genes: tissue.given,
        truth_genes_in_matrix: tissue.columns.size,
        ...depth,
        chance: tissue.columns.size / genes,
        average_precision: averagePrecision,
      }))
    )
  );
}

/** `recovery_curves.csv`. */
export function curveRows(
  measured: readonly RankingRecovery[],
): RowOf<typeof files.recoveryCurves>[] {
  return measured.flatMap(({ ranking, tissues }) =>
    tissues.flatMap(({ tissue: { tissue }, curve }) =>
      curve.map((point) => ({ method: ranking.name, tissue, ...point }))
    )
  );
}

/** The figure's lines; the consensus is too short for one. */
export function curveData(
  measured: readonly RankingRecovery[],
  truth: readonly TissueTruth[],
  genes: number,
): RecoveryCurves {
  return {
    ranks: measured[0].tissues[0].curve.map(({ rank }) => rank),
    tissues: truth.map(({ tissue, columns }) => ({
      tissue,
      known: columns.size,
    })),
    rankings: measured.filter(({ ranking: { name } }) => name !== CONSENSUS)
      .map(({ ranking: { title }, tissues }) => ({
        title,
        precision: tissues.map(({ curve }) =>
          curve.map(({ precision }) => precision)
        ),
      })),
    genes,
  };
}

/** The comparison with the known genes in numbers. */
export function summarizeTruth(
  source: files.TruthSummary["source"],
  truth: Truth,
  measured: readonly RankingRecovery[],
  sets: readonly SetRecovery[],
  genes: number,
): files.TruthSummary {
  const { tissues } = truth;
  return {
    source,
    given: truth.given,
    used: truth.used,
    matched_by: truth.names === null ? "id" : "name",
    ambiguous_names: truth.names?.ambiguous.length ?? 0,
    genes_not_in_matrix: truth.genesNotInMatrix.length,
    genes_filtered: truth.genesFiltered.length,
    tissues: tissues.map(({ tissue }) => tissue),
    tissues_not_in_matrix: truth.tissuesNotInMatrix,
    tissues_without_truth: truth.tissuesWithoutTruth,
    chance: chancePrecision(tissues, genes),
    best_possible: measured[0].depths.map(({ k }) => ({
      k,
      precision: bestPossible(tissues, k),
    })),
    rankings: measured.map((each) => ({
      method: each.ranking.name,
      title: each.ranking.title,
      tissues_without_list: each.withoutList,
      listed: each.listed.genes,
      listed_hits: each.listed.hits,
      average_precision: each.averagePrecision,
      depths: each.depths,
    })),
    sets,
  };
}

/** What limma learned from all genes. */
export function summarizeLimma(
  input: RankingInput,
): files.GenesetsSummary["limma"] {
  const found = fitLimma(input);
  if (found === null) return null;
  const { fit: { priorDf, prior, totalDf }, fitted, correlation } = found;
  return {
    genes: fitted.length,
    constant_genes: input.dataset.genes.length - fitted.length,
    correlation,
    prior_df: Number.isFinite(priorDf) ? priorDf : null,
    prior_variance: fitted.length === 0 ? 0 : median(prior),
    total_df: totalDf,
  };
}
