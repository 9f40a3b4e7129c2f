/** The gene set's results: its size, its errors, its decoys. */

import type { RunFiles } from "../run_files.ts";
import type {
  DrawsStability,
  Measured,
  NetworksStability,
  Rows,
  ShapSummary,
} from "../stage_files.ts";
import {
  type MeanRecovery,
  meanRecovery,
  recoveryByTissue,
  type SetRecovery,
  setRecovery,
} from "../recovery.ts";
import { type DecoyFindings, decoyFindings } from "./decoys.ts";

/** What the cut kept. */
export interface GeneSetFindings {
  readonly genes: number;
  readonly of: number;
  readonly share: number;
  readonly listed_ranks: number;
  /** The rule of the cut: the study's is `unique`. */
  readonly cut: "unique" | "fdr" | "top";
  readonly mean_absolute_gap: Measured;
  /** Mean |gap| by mean |output - expected|. */
  readonly gap_share: Measured;
  /** How many of the planted genes were found, if the matrix is simulated. */
  readonly planted?: MeanRecovery & SetRecovery;
  /** What the decoys say of the set, if there are any. */
  readonly decoys?: DecoyFindings;
  /** The error that the draws leave, if it was estimated. */
  readonly draws?: DrawsFindings;
  /** How well replicate networks agree, if there are any. */
  readonly networks_stability?: NetworksStability;
}

/** The error of the scores that comes from the random draws alone. */
export interface DrawsFindings extends DrawsStability {
  readonly draws: number;
  readonly draws_asked: number | "auto";
  readonly rounds: number;
  /** Mean standard error of a sample's sum of scores. */
  readonly mean_standard_error: Measured;
  /** The same by mean |output - expected|. */
  readonly standard_error_share: Measured;
  /** Genes of the set whose score is more than two errors above 0. */
  readonly genes_clear_of_zero: number | null;
}

/**
 * The size of the set, how well the scores add up, and how far chance may
 * have made it.
 *
 * @param shap What the stage `shap` wrote.
 * @param geneCount Genes in the matrix.
 * @param truth The planted genes, if the matrix is simulated.
 */
export function geneSetFindings(
  { summary, ranks, genes, curve }: NonNullable<RunFiles["shap"]>,
  geneCount: number,
  truth: RunFiles["truth"],
): GeneSetFindings {
  const planted = truth && meanRecovery(recoveryByTissue(truth, ranks, genes));
  const { mean_absolute_gap: gap, mean_absolute_difference: all } = summary;
  const kept = new Set(genes.map(({ gene }) => gene)).size;
  const stability = summary.draws_stability;
  return {
    genes: kept,
    of: geneCount,
    share: kept / geneCount,
    listed_ranks: summary.listed_ranks,
    cut: summary.cut ?? "unique",
    mean_absolute_gap: gap,
    gap_share: gap !== null && all ? gap / all : null,
    ...(planted && { planted: { ...planted, ...setRecovery(truth, genes) } }),
    ...(summary.decoys && {
      decoys: decoyFindings(summary.decoys, kept, geneCount, curve ?? []),
    }),
    ...(stability && { draws: drawsFindings(summary, stability, genes) }),
    ...(summary.networks_stability && {
      networks_stability: summary.networks_stability,
    }),
  };
}

/** The error of the draws. */
function drawsFindings(
  summary: ShapSummary,
  stability: DrawsStability,
  genes: Rows,
): DrawsFindings {
  const error = summary.mean_standard_error ?? null;
  const difference = summary.mean_absolute_difference;
  const known = genes.filter((row) => (row.standard_error ?? "") !== "");
  return {
    draws: summary.draws,
    draws_asked: summary.draws_asked ?? summary.draws,
    rounds: summary.rounds ?? 1,
    ...stability,
    mean_standard_error: error,
    standard_error_share: error !== null && difference
      ? error / difference
      : null,
    genes_clear_of_zero: known.length < genes.length || genes.length === 0
      ? null
      : known.filter((row) =>
        Number(row.median_shap) > 2 * Number(row.standard_error)
      ).length,
  };
}
