/** The ranking's noise rate, and that of other cutoffs. */

import type { CutoffCurveRow, ShapSummary } from "../../shap/outputs.ts";
import { noiseInterval } from "../noise_rates.ts";

/** Rates for which the report shows the cutoff. */
const SHOWN_RATES = [0.05, 0.1, 0.2];

/** What the decoys say. */
export type NoiseFindings = ReturnType<typeof noiseFindings>;

/**
 * Adds for each of some rates the last cutoff that keeps it, if there is one.
 *
 * @param matrixGenes Genes in the matrix.
 */
export function noiseFindings(
  summary: NonNullable<ShapSummary["decoys"]>,
  matrixGenes: number,
  curve: readonly CutoffCurveRow[],
) {
  return {
    ...summary,
    cutoffs: SHOWN_RATES.flatMap((wanted) => {
      const last = curve.findLast(({ noise_rate }) =>
        noise_rate !== null && noise_rate <= wanted
      );
      if (last === undefined) return [];
      const { rank, genes, decoys } = last;
      const selected = decoys ?? 0;
      return [{
        rate: wanted,
        rank,
        genes,
        decoys: selected,
        ...noiseInterval(selected, summary.decoys, matrixGenes, genes),
      }];
    }),
  };
}
