/** How well each gene set parts the tissues. */

import { defined, mean, standardDeviation } from "../numbers.ts";
import type { RunFiles } from "../run_files.ts";
import type { Measured } from "../stage_files.ts";

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

/**
 * The mean scores of each gene set in each space, in the file's order.
 *
 * @param rows `clusters/scores.csv`: a row a repeat.
 */
export function setScores(
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
