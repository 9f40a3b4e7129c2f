/** What the decoys say of the gene set, and of other cutoffs. */

import type { CutoffCurveRow, ShapSummary } from "../../shap/outputs.ts";
import { conservativeRate } from "../decoy_rates.ts";

/** False discovery rates for which the report shows the cutoff. */
const SHOWN_RATES = [0.05, 0.1, 0.2];

/** What the decoys say. */
export interface DecoyFindings extends NonNullable<ShapSummary["decoys"]> {
  /** The false discovery rate with one decoy more than was selected. */
  readonly conservative_false_discovery_rate: number;
  /** The last cutoff that keeps each of some rates, if there is one. */
  readonly cutoffs: readonly RateCutoff[];
}

/** A cutoff that keeps a false discovery rate. */
export interface RateCutoff {
  /** The rate that it keeps, with one decoy more than was selected. */
  readonly rate: number;
  readonly rank: number;
  readonly genes: number;
  readonly decoys: number;
}

/**
 * Adds the conservative rate of the set and the cutoffs of some rates. One
 * decoy more is counted than was selected, as in selection by the rate.
 *
 * @param genes Genes in the set.
 * @param matrixGenes Genes in the matrix.
 */
export function decoyFindings(
  summary: NonNullable<ShapSummary["decoys"]>,
  genes: number,
  matrixGenes: number,
  curve: readonly CutoffCurveRow[],
): DecoyFindings {
  const rateOf = (selected: number, genes: number) =>
    conservativeRate(selected, summary.decoys, matrixGenes, genes);
  const rates = curve.map(({ decoys, genes }) => rateOf(decoys ?? 0, genes));
  return {
    ...summary,
    conservative_false_discovery_rate: rateOf(summary.selected, genes),
    cutoffs: SHOWN_RATES.flatMap((wanted) => {
      const last = curve[rates.findLastIndex((rate) => rate <= wanted)];
      return last === undefined ? [] : [{
        rate: wanted,
        rank: last.rank,
        genes: last.genes,
        decoys: last.decoys ?? 0,
      }];
    }),
  };
}
