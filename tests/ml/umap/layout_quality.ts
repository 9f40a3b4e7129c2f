/** How well a layout keeps the neighbors that samples have. */

import { nearestNeighbors } from "../../../lib/ml/umap/nearest_neighbors.ts";

/** Each row's neighbors, itself first. */
function neighborLists(
  rows: Float32Array,
  dimensions: number,
  neighbors: number,
): number[][] {
  const { samples, indices } = nearestNeighbors(rows, dimensions, neighbors);
  return Array.from(
    { length: samples },
    (_, row) => [...indices.subarray(row * neighbors, (row + 1) * neighbors)],
  );
}

/**
 * Trustworthiness (Venna and Kaski 2001) as scikit-learn defines it: 1 less
 * the penalty for samples that are near in the layout and far in the data,
 *
 *     1 - 2 / (n k (2n - 3k - 1)) * sum over i, over its k nearest j in the
 *     layout, of max(0, r(i, j) - k),
 *
 * where r(i, j) is 1 for the sample nearest to i in the data, 2 for the next.
 *
 * @param rows Samples x dimensions, row-major.
 * @param layout Samples x 2, row-major.
 * @param neighbors k, below half of the samples.
 */
export function trustworthiness(
  rows: Float32Array,
  layout: Float32Array,
  neighbors: number,
): number {
  const samples = layout.length / 2;
  const ranked = neighborLists(rows, rows.length / samples, samples);
  const near = neighborLists(layout, 2, neighbors + 1);
  let penalty = 0;
  for (let sample = 0; sample < samples; sample++) {
    // The sample itself is first in both, so positions are ranks.
    const rank = new Int32Array(samples);
    ranked[sample].forEach((other, index) => rank[other] = index);
    for (const other of near[sample].slice(1)) {
      penalty += Math.max(0, rank[other] - neighbors);
    }
  }
  const most = samples * neighbors * (2 * samples - 3 * neighbors - 1) / 2;
  return 1 - penalty / most;
}

/** The share of each sample's nearest neighbors that the layout keeps. */
export function neighborRecall(
  rows: Float32Array,
  layout: Float32Array,
  neighbors: number,
): number {
  const samples = layout.length / 2;
  const dimensions = rows.length / samples;
  const there = neighborLists(rows, dimensions, neighbors + 1);
  const here = neighborLists(layout, 2, neighbors + 1);
  let kept = 0;
  for (let sample = 0; sample < samples; sample++) {
    const near = new Set(here[sample].slice(1));
    kept += there[sample].slice(1).filter((other) => near.has(other)).length;
  }
  return kept / samples / neighbors;
}
