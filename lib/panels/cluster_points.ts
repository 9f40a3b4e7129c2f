/** The samples as points that k-means takes little time for. */

import { firstEqualRows } from "../ml/equal_rows.ts";
import { MOST_PAIRED } from "../ml/kmeans/most_paired.ts";
import { principalComponents } from "../ml/pca/principal_components.ts";
import { SMALL_MATRIX } from "../ml/pca/small_matrix.ts";

/**
 * Where there are at least as many genes as samples, the samples are rotated
 * onto all their principal components: distances, and so the clusters, stay
 * the same in fewer numbers. Many samples are not rotated where k-means
 * computes each distance once, as that would take longer; `clusters` does the
 * same in gene space. Equal samples stay equal.
 *
 * @param rows Samples x genes, row-major.
 */
export function clusterPoints(
  rows: Float32Array,
  samples: number,
  genes: number,
): { readonly points: Float64Array; readonly dimensions: number } {
  if (genes < samples || (samples > SMALL_MATRIX && samples <= MOST_PAIRED)) {
    return { points: Float64Array.from(rows), dimensions: genes };
  }
  const { points, dimensions } = principalComponents(rows, samples, genes);
  firstEqualRows(rows, genes).forEach((first, sample) => {
    if (first === sample) return;
    const from = first * dimensions;
    points.copyWithin(sample * dimensions, from, from + dimensions);
  });
  return { points, dimensions };
}
