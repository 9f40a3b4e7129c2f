/** umap-js, given our neighbors. */

import { UMAP, type UMAPParameters } from "umap-js";
import type { NearestNeighbors } from "../../../lib/ml/umap/nearest_neighbors.ts";

/** What a layout starts from; private in umap-js. */
export interface LayoutStart {
  readonly headEmbedding: readonly (readonly number[])[];
  readonly head: readonly number[];
  readonly tail: readonly number[];
  readonly epochsPerSample: readonly number[];
  readonly epochsPerNegativeSample: readonly number[];
  readonly a: number;
  readonly b: number;
  readonly gamma: number;
  readonly initialAlpha: number;
  readonly nEpochs: number;
}

/** The start of umap-js's layout, and a function that lays out from there. */
export function prepareUmapJs(
  { samples, neighbors, indices, distances }: NearestNeighbors,
  parameters: UMAPParameters,
): { start: LayoutStart; finish: () => number[] } {
  const umap = new UMAP({ nNeighbors: neighbors, ...parameters });
  const rowsOf = (flat: Int32Array | Float64Array) =>
    Array.from(
      { length: samples },
      (_, row) => [...flat.subarray(row * neighbors, (row + 1) * neighbors)],
    );
  umap.setPrecomputedKNN(rowsOf(indices), rowsOf(distances));
  const points = Array.from({ length: samples }, () => []);
  umap.initializeFit(points);
  const { optimizationState } = umap as unknown as {
    optimizationState: LayoutStart;
  };
  const { headEmbedding } = optimizationState;
  // The positions are changed in place.
  const start = {
    ...optimizationState,
    headEmbedding: headEmbedding.map((position) => [...position]),
  };
  return { start, finish: () => umap.fit(points).flat() };
}
