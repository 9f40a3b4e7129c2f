/** UMAP's graph of neighbors and first layout, made by umap-js. */

import { UMAP, type UMAPParameters } from "umap-js";
import type { NearestNeighbors } from "./nearest_neighbors.ts";
import { reuseCurve } from "./curve.ts";
import type { LayoutStart } from "./layout.ts";

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
 * @param found Every sample's nearest neighbors.
 * @param parameters As umap-js takes them; `random` is drawn on.
 */
export function startLayout(
  found: NearestNeighbors,
  parameters: UMAPParameters,
): LayoutStart {
  const umap = new UMAP(parameters);
  const internals = umap as unknown as Internals;
  internals.makeSearchFns = () => {};
  internals.makeSearchGraph = () => undefined;
  reuseCurve(umap);
  umap.setPrecomputedKNN(found.indices, found.distances);
  // With the neighbors at hand, umap-js asks of the samples only how many.
  umap.initializeFit(found.indices.map(() => []));
  return internals.optimizationState;
}
