/** The genes that a classifier sees, and the distances that it needs. */

import { squaredDistances } from "../ml/squared_distances.ts";
import type { Dataset } from "../prepare/dataset.ts";
import type { Design } from "./design.ts";

/** The matrix, its samples and their studies. */
export interface StudyData {
  readonly dataset: Pick<Dataset, "values" | "genes">;
  readonly design: Design;
}

/**
 * Squared distances between samples by some of the genes.
 *
 * @param samples Indices in the design.
 * @param columns The genes' columns, ascending; null for all.
 */
export function distancesBy(
  { dataset: { values, genes }, design }: StudyData,
  samples: readonly number[],
  columns: ArrayLike<number> | null,
): Float64Array {
  const width = columns?.length ?? genes.length;
  const taken = new Float32Array(samples.length * width);
  samples.forEach((sample, index) => {
    const from = design.rows[sample] * genes.length;
    if (columns === null) {
      taken.set(values.subarray(from, from + width), index * width);
      return;
    }
    for (let gene = 0; gene < width; gene++) {
      taken[index * width + gene] = values[from + columns[gene]];
    }
  });
  return squaredDistances(taken, taken, width);
}
