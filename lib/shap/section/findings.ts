/** The stage's results as the report puts them into words. */

import type { SectionReader } from "../../report/section.ts";
import {
  type NoiseFindings,
  noiseFindings,
} from "../../selection/section/noise_findings.ts";
import {
  cutoffCurve,
  ranks,
  type ShapSummary,
  stability,
  type StabilityRow,
  summary,
} from "../outputs.ts";
import {
  type AttributionFindings,
  readAttributionFindings,
} from "./attributions.ts";
import { readTissueLists, type TissueList } from "./tissue_lists.ts";

/** A set of more than this share of all genes is hardly specific. */
export const SPECIFIC_SHARE = 0.5;

/** What the stage found. */
export interface ShapFindings {
  /** As it is in `summary.json`. */
  readonly summary: ShapSummary;
  /** Genes in the matrix. */
  readonly matrixGenes: number;
  /** Genes in the set / genes in the matrix. */
  readonly share: number;
  /** Mean |gap| / mean |model output - base value|; null for 0 / 0. */
  readonly gapShare: number | null;
  /** Mean standard error of a sample's sum, likewise. */
  readonly errorShare: number | null;
  readonly decoys: NoiseFindings | null;
  /**
   * The last rank at which the set would hold at most half of all genes; null
   * if it holds no more, or no rank would do.
   */
  readonly smallerTop: number | null;
  readonly tissueLists: readonly TissueList[];
  /** Of so many of a tissue's genes it is counted how many are lower there. */
  readonly absentTop: number;
  readonly stability: readonly StabilityRow[];
  /** Attributions beside SHAP. */
  readonly attributions: readonly AttributionFindings[];
}

/** Reads what the stage wrote. */
export async function readShapFindings(
  reader: SectionReader,
): Promise<ShapFindings> {
  const numbers = await reader.read(summary);
  const { names } = await reader.read(ranks);
  const matrixGenes = numbers.genes_in_matrix;
  const difference = numbers.mean_absolute_difference;
  const curve = await reader.read(cutoffCurve);
  const shareOf = (value: number | null) =>
    value === null || difference === 0 ? null : value / difference;
  return {
    summary: numbers,
    matrixGenes,
    share: numbers.genes / matrixGenes,
    gapShare: shareOf(numbers.mean_absolute_gap),
    errorShare: shareOf(numbers.mean_standard_error),
    decoys: numbers.decoys &&
      noiseFindings(numbers.decoys, matrixGenes, curve),
    smallerTop: numbers.genes <= SPECIFIC_SHARE * matrixGenes
      ? null
      : curve.findLast(({ genes }) => genes <= SPECIFIC_SHARE * matrixGenes)
        ?.rank ?? null,
    ...await readTissueLists(reader, names, numbers),
    stability: await reader.read(stability),
    attributions: await readAttributionFindings(reader),
  };
}

/** The numbers for `report/summary.json`. */
export function summarizeShap(found: ShapFindings) {
  const { summary } = found;
  return {
    genes: summary.genes,
    genes_in_matrix: found.matrixGenes,
    share: found.share,
    listed_ranks: summary.listed_ranks,
    cutoff_rule: summary.cutoff_rule,
    direction: summary.direction,
    output: summary.output,
    explained_part: summary.explained_part,
    samples: summary.samples,
    ranked_samples: summary.ranked,
    tissues_left_out: summary.tissues_left_out,
    tissues: found.tissueLists.map(({ tissue, genes, consensus, absent }) => ({
      tissue,
      genes: genes.length,
      consensus: summary.consensus && consensus.length,
      absent,
    })),
    mean_absolute_gap: summary.mean_absolute_gap,
    gap_share: found.gapShare,
    median_gap_share: summary.median_gap_share,
    tissues_missed: summary.tissues_missed,
    tissues_without_scores: summary.tissues_without_scores,
    decoys: found.decoys,
    draws: summary.draws_stability && {
      draws: summary.draws,
      fewest_draws: summary.fewest_draws,
      draws_asked: summary.draws_asked,
      rounds: summary.rounds,
      ...summary.draws_stability,
      mean_standard_error: summary.mean_standard_error,
      standard_error_share: found.errorShare,
    },
    networks_stability: summary.networks_stability,
  };
}
