/** What the decoys say of the gene set, and of other cutoffs. */

import type { CutoffCurveRow, ShapSummary } from "../../shap/outputs.ts";
import { conservativeRate } from "../decoy_rates.ts";

/** False discovery rates for which the report shows the cutoff. */
const SHOWN_RATES = [0.05, 0.1, 0.2];

/** What the decoys say. */
export type DecoyFindings = ReturnType<typeof decoyFindings>;

/**
 * Adds the conservative rate of the set, and for each of some rates the last
 * cutoff that keeps it, if there is one. One decoy more is counted than was
 * selected, as in selection by the rate.
 *
 * @param genes Genes in the set.
 * @param matrixGenes Genes in the matrix.
 */
export function decoyFindings(
  summary: NonNullable<ShapSummary["decoys"]>,
  genes: number,
  matrixGenes: number,
  curve: readonly CutoffCurveRow[],
) {
  const rateOf = (selected: number, genes: number) =>
    conservativeRate(selected, summary.decoys, matrixGenes, genes);
  const rates = curve.map(({ decoys, genes }) => rateOf(decoys ?? 0, genes));
  return {
    ...summary,
    conservative_false_discovery_rate: rateOf(summary.selected, genes),
    cutoffs: SHOWN_RATES.flatMap((wanted) => {
      const last = curve[rates.findLastIndex((rate) => rate <= wanted)];
      if (last === undefined) return [];
      const { rank, genes, decoys } = last;
      return [{ rate: wanted, rank, genes, decoys: decoys ?? 0 }];
    }),
  };
}
