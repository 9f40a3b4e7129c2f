/** The run's results in numbers: what the verdict says and `summary.json`. */

import { mean, standardDeviation } from "./numbers.ts";
import {
  type MeanRecovery,
  meanRecovery,
  recoveryByTissue,
} from "./recovery.ts";
import type {
  Measured,
  NetworkMetrics,
  OutdatedStage,
  RunFiles,
} from "./run_files.ts";

/** Fewer test samples a tissue than this, and the scores decide little. */
export const fewSamplesPerTissue = 5;

/** A p-value at or above this shows nothing. */
export const significanceLevel = 0.05;

/** Macro F1 that differs by no more than this counts as the same. */
export const sameMacroF1 = 0.01;

/** How the network compares with the simple classifiers. */
export interface NetworkFindings {
  readonly macro_f1: number;
  readonly accuracy: number;
  readonly nearest_centroid_macro_f1: number;
  readonly five_nearest_neighbours_macro_f1: number;
  /** `better`, `same` or `worse` than the better of the two, by macro F1. */
  readonly against_baselines: "better" | "same" | "worse";
  /** Test samples that it gets right beyond the more accurate of the two. */
  readonly more_samples_right: number;
  /**
   * Standard error of a count of right samples, sqrt(n a (1 - a)), with two
   * right and two wrong samples added to a (Agresti and Coull 1998), so that a
   * network without an error has one, too.
   */
  readonly standard_error_of_samples_right: number;
}

/** What the cut kept. */
export interface GeneSetFindings {
  readonly genes: number;
  readonly of: number;
  readonly share: number;
  readonly listed_ranks: number;
  readonly mean_absolute_gap: Measured;
  /** Mean |gap| by mean |output - expected|. */
  readonly gap_share: Measured;
  /** How many of the planted genes were found, if the matrix is simulated. */
  readonly planted?: MeanRecovery;
}

/** The V-measures of one gene set in one space. */
export interface SetScore {
  readonly gene_set: string;
  readonly space: string;
  readonly genes: number;
  readonly repeats: number;
  readonly v_measure: Measured;
  /** Over the repeats of k-means; null for a single one. */
  readonly v_measure_sd: Measured;
  readonly homogeneity: Measured;
  readonly completeness: Measured;
  readonly ami: Measured;
  readonly ari: Measured;
}

/** The test against random gene sets. */
export interface TestFindings {
  readonly statistic: Measured;
  readonly null_mean: Measured;
  readonly null_sd: Measured;
  /** Mean over the sets of the spread of one set's k-means repeats. */
  readonly within_set_sd: Measured;
  /** (statistic - null mean) / null sd. */
  readonly z: Measured;
  readonly t: Measured;
  readonly df: number;
  readonly p_t: Measured;
  readonly p_empirical: Measured;
  /** Random sets whose mean V-measure is that of the gene set or higher. */
  readonly as_high: Measured;
  readonly sets: number;
  readonly genes: number;
  readonly space: string;
}

/** All results; a part is missing where its stage gave none. */
export interface Findings {
  readonly samples: number;
  readonly genes: number;
  readonly tissues: number;
  readonly test_samples: number;
  readonly test_samples_per_tissue: number;
  readonly few_test_samples: boolean;
  readonly network?: NetworkFindings;
  readonly gene_set?: GeneSetFindings;
  readonly clusters?: readonly SetScore[];
  readonly ttest?: TestFindings;
  readonly outdated: readonly OutdatedStage[];
}

/**
 * Works out the results from the run's files.
 *
 * @param run The run, as far as it has been made.
 * @returns Numbers only; `verdict.ts` puts them into words.
 *
 * @example
 * ```ts
 * import { findings } from "./findings.ts";
 * const found = findings({
 *   folder: "reports/x",
 *   records: [],
 *   outdated: [],
 *   simulated: false,
 *   figures: new Set(),
 *   samples: [{ tissue: "leaf", group: "", split: "test" }],
 *   geneCount: 10,
 *   silentGenes: 0,
 * });
 * console.assert(found.few_test_samples && found.network === undefined);
 * ```
 */
export function findings(run: RunFiles): Findings {
  const tissues = new Set(run.samples.map(({ tissue }) => tissue)).size;
  const testSamples = run.samples
    .filter(({ split }) => split === "test").length;
  const perTissue = testSamples / tissues;
  return {
    samples: run.samples.length,
    genes: run.geneCount,
    tissues,
    test_samples: testSamples,
    test_samples_per_tissue: perTissue,
    few_test_samples: perTissue < fewSamplesPerTissue,
    ...(run.network && "macro_f1" in run.network.metrics &&
      { network: networkFindings(run.network.metrics) }),
    ...(run.shap &&
      { gene_set: geneSetFindings(run.shap, run.geneCount, run.truth) }),
    ...(run.clusters && { clusters: setScores(run.clusters.scores) }),
    ...(run.ttest && { ttest: testFindings(run.ttest) }),
    outdated: run.outdated,
  };
}

/** Compares the network with the better of the two simple classifiers. */
function networkFindings(metrics: NetworkMetrics): NetworkFindings {
  const testSamples = metrics.test_samples;
  const { nearest_centroid, five_nearest_neighbours } = metrics.baselines;
  const gain = metrics.macro_f1 -
    Math.max(nearest_centroid.macro_f1, five_nearest_neighbours.macro_f1);
  const rightSamples = metrics.accuracy * testSamples;
  const accuracy = (rightSamples + 2) / (testSamples + 4);
  const bestAccuracy = Math.max(
    nearest_centroid.accuracy,
    five_nearest_neighbours.accuracy,
  );
  return {
    macro_f1: metrics.macro_f1,
    accuracy: metrics.accuracy,
    nearest_centroid_macro_f1: nearest_centroid.macro_f1,
    five_nearest_neighbours_macro_f1: five_nearest_neighbours.macro_f1,
    against_baselines: gain > sameMacroF1
      ? "better"
      : gain < -sameMacroF1
      ? "worse"
      : "same",
    more_samples_right: Math.round(
      (metrics.accuracy - bestAccuracy) * testSamples,
    ),
    standard_error_of_samples_right: Math.sqrt(
      testSamples * accuracy * (1 - accuracy),
    ),
  };
}

/** The size of the set and how well the scores add up. */
function geneSetFindings(
  { summary, ranks, genes }: NonNullable<RunFiles["shap"]>,
  geneCount: number,
  truth: RunFiles["truth"],
): GeneSetFindings {
  const planted = truth && meanRecovery(recoveryByTissue(truth, ranks, genes));
  const { mean_absolute_gap: gap, mean_absolute_difference: all } = summary;
  const kept = new Set(genes.map(({ gene }) => gene)).size;
  return {
    genes: kept,
    of: geneCount,
    share: kept / geneCount,
    listed_ranks: summary.listed_ranks,
    mean_absolute_gap: gap,
    gap_share: gap !== null && all ? gap / all : null,
    ...(planted && { planted }),
  };
}

/** The mean scores of each gene set in each space, in the file's order. */
function setScores(
  rows: NonNullable<RunFiles["clusters"]>["scores"],
): SetScore[] {
  const keys = new Map<string, typeof rows[number][]>();
  for (const row of rows) {
    const key = JSON.stringify([row.gene_set, row.space]);
    keys.set(key, [...(keys.get(key) ?? []), row]);
  }
  return [...keys.values()].map((repeats) => {
    const values = (column: string) =>
      repeats.map((row) => Number(row[column]));
    return {
      gene_set: repeats[0].gene_set,
      space: repeats[0].space,
      genes: Number(repeats[0].genes),
      repeats: repeats.length,
      v_measure: defined(mean(values("v_measure"))),
      v_measure_sd: defined(standardDeviation(values("v_measure"))),
      homogeneity: defined(mean(values("homogeneity"))),
      completeness: defined(mean(values("completeness"))),
      ami: defined(mean(values("ami"))),
      ari: defined(mean(values("ari"))),
    };
  });
}

/** The test's numbers, with the spread within the sets beside it. */
function testFindings(
  { result, null: rows }: NonNullable<RunFiles["ttest"]>,
): TestFindings {
  const { statistic, null_mean, null_sd } = result;
  const sets = new Map<string, number[]>();
  for (const { set, v_measure } of rows) {
    sets.set(set, [...(sets.get(set) ?? []), Number(v_measure)]);
  }
  const spreads = [...sets.values()].map(standardDeviation);
  const means = [...sets.values()].map(mean);
  const whole = statistic !== null && null_mean !== null && null_sd !== null;
  return {
    statistic,
    null_mean,
    null_sd,
    within_set_sd: defined(mean(spreads)),
    z: whole ? defined((statistic - null_mean) / null_sd) : null,
    t: result.t,
    df: result.df,
    p_t: result.p_t,
    p_empirical: result.p_empirical,
    as_high: statistic === null
      ? null
      : result.as_high ?? means.filter((mean) => mean >= statistic).length,
    sets: result.sets,
    genes: result.genes,
    space: result.space,
  };
}

/** JSON has no NaN: null stands for it. */
function defined(value: number): Measured {
  return Number.isFinite(value) ? value : null;
}
