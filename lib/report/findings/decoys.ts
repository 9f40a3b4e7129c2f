/** What the decoys say of the gene set, and of other cuts. */

import type { DecoySummary, Rows } from "../stage_files.ts";

/** False discovery rates that a reader may wish for. */
export const wishedRates = [0.05, 0.1, 0.2] as const;

/** What the decoys say. */
export interface DecoyFindings extends DecoySummary {
  /** The false discovery rate with one decoy more than entered, at most 1. */
  readonly cautious_false_discovery_rate: number;
  /** The largest cut that keeps each of the wished rates; none may. */
  readonly cuts: readonly CutOfRate[];
}

/** A cut that keeps a false discovery rate. */
export interface CutOfRate {
  /** The rate that is kept, one decoy more than entered counted. */
  readonly wished: number;
  readonly rank: number;
  readonly genes: number;
  readonly decoys: number;
}

/**
 * Adds the cautious rate of the set and the cuts of lower rates.
 *
 * One decoy more is counted than entered (Barber and Candès 2015), as the
 * `shap` stage does where it cuts by the rate: that none of few decoys entered
 * does not show that no gene did.
 *
 * @param summary Of `shap/summary.json`.
 * @param genes Genes in the set.
 * @param geneCount Genes in the matrix.
 * @param curve `shap/cut_curve.csv`; empty for none.
 */
export function decoyFindings(
  summary: DecoySummary,
  genes: number,
  geneCount: number,
  curve: Rows,
): DecoyFindings {
  const cautious = (entered: number, genes: number) =>
    Math.min(1, (entered + 1) / summary.decoys * geneCount / genes);
  const rates = curve.map((row) =>
    cautious(Number(row.decoys), Number(row.genes))
  );
  return {
    ...summary,
    cautious_false_discovery_rate: cautious(summary.entered, genes),
    cuts: wishedRates.flatMap((wished) => {
      const at = rates.findLastIndex((rate) => rate <= wished);
      return at < 0 ? [] : [{
        wished,
        rank: Number(curve[at].rank),
        genes: Number(curve[at].genes),
        decoys: Number(curve[at].decoys),
      }];
    }),
  };
}
