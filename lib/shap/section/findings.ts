/** The stage's results as the report puts them into words. */

import type { RunReport } from "../../report/run_report.ts";
import type { SectionReader } from "../../report/section.ts";
import {
  type DecoyFindings,
  decoyFindings,
} from "../../selection/section/decoy_findings.ts";
import {
  type GeneRanks,
  type Recovery,
  recovery,
} from "../../selection/section/recovery.ts";
import { simulateSection } from "../../simulate/section.ts";
import {
  cutoffCurve,
  ranks,
  type ShapGeneRow,
  shapGenes,
  type ShapSummary,
  stability,
  type StabilityRow,
  summary,
} from "../outputs.ts";

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
  /** Genes of the set whose score is more than two errors above 0. */
  readonly genesAboveZero: number | null;
  readonly decoys: DecoyFindings | null;
  /** Null if the matrix is not simulated. */
  readonly planted: Recovery | null;
  readonly ranks: GeneRanks;
  readonly stability: readonly StabilityRow[];
}

/** Reads what the stage wrote. */
export async function readShapFindings(
  reader: SectionReader,
  run: RunReport,
): Promise<ShapFindings> {
  const numbers = await reader.read(summary);
  const { names, values } = await reader.read(ranks);
  const geneRanks = new Map(
    names.map((tissue, column) => [
      tissue,
      values.flatMap((row) => row[column] ?? []),
    ]),
  );
  const genes = await reader.read(shapGenes);
  const matrixGenes = numbers.genes_in_matrix;
  const truth = run.of(simulateSection)?.truth;
  const difference = numbers.mean_absolute_difference;
  const shareOf = (value: number | null) =>
    value === null || difference === 0 ? null : value / difference;
  return {
    summary: numbers,
    matrixGenes,
    share: numbers.genes / matrixGenes,
    gapShare: shareOf(numbers.mean_absolute_gap),
    errorShare: shareOf(numbers.mean_standard_error),
    genesAboveZero: genesAboveZero(genes),
    decoys: numbers.decoys &&
      decoyFindings(
        numbers.decoys,
        numbers.genes,
        matrixGenes,
        await reader.read(cutoffCurve),
      ),
    planted: truth === undefined
      ? null
      : recovery(truth, geneRanks, genes, numbers.listed_ranks),
    ranks: geneRanks,
    stability: await reader.read(stability),
  };
}

function genesAboveZero(genes: readonly ShapGeneRow[]): number | null {
  return genes.some(({ standard_error }) => standard_error === null)
    ? null
    : genes.filter(({ median_shap, standard_error }) =>
      median_shap > 2 * standard_error!
    ).length;
}

/** The numbers for `report/summary.json`. */
export function summarizeShap(found: ShapFindings) {
  const { summary, planted } = found;
  return {
    genes: summary.genes,
    genes_in_matrix: found.matrixGenes,
    share: found.share,
    listed_ranks: summary.listed_ranks,
    cutoff_rule: summary.cutoff_rule,
    mean_absolute_gap: summary.mean_absolute_gap,
    gap_share: found.gapShare,
    decoys: found.decoys,
    draws: summary.draws_stability && {
      draws: summary.draws,
      draws_asked: summary.draws_asked,
      rounds: summary.rounds,
      ...summary.draws_stability,
      mean_standard_error: summary.mean_standard_error,
      standard_error_share: found.errorShare,
      genes_above_zero: found.genesAboveZero,
    },
    networks_stability: summary.networks_stability,
    planted: planted && { ...planted.means, ...planted.set },
  };
}
