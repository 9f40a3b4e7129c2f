/** UMAP's graph of neighbours and first layout, made by umap-js. */

import { UMAP, type UMAPParameters } from "umap-js";
import type { NearestNeighbours } from "./nearest_neighbours.ts";
import { reuseCurve } from "./umap_curve.ts";
import type { LayoutStart } from "./umap_layout.ts";

/** What umap-js keeps to itself and this file needs of it. */
interface Internals {
  makeSearchFns(): void;
  makeSearchGraph(): undefined;
  readonly optimizationState: LayoutStart;
}

/**
 * Lets umap-js make everything that its layout starts from. What it would
 * keep only to lay out more samples later on is left out.
 *
 * @param found Every sample's nearest neighbours.
 * @param parameters As umap-js takes them; `random` is drawn on.
 *
 * @example
 * ```ts
 * import { nearestNeighbours } from "./nearest_neighbours.ts";
 * import { startLayout } from "./umap_start.ts";
 * const found = nearestNeighbours(Float32Array.of(0, 1, 3, 9), 1, 3);
 * const start = startLayout(found, { nNeighbors: 3, random: () => 0.5 });
 * console.assert(start.headEmbedding.length === 4 && start.nEpochs === 500);
 * ```
 */
export function startLayout(
  found: NearestNeighbours,
  parameters: UMAPParameters,
): LayoutStart {
  const umap = new UMAP(parameters);
  const internals = umap as unknown as Internals;
  internals.makeSearchFns = () => {};
  internals.makeSearchGraph = () => undefined;
  reuseCurve(umap);
  umap.setPrecomputedKNN(found.indices, found.distances);
  // With the neighbours at hand, umap-js asks of the samples only how many.
  umap.initializeFit(found.indices.map(() => []));
  return internals.optimizationState;
}
