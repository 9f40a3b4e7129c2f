/** UMAP's graph of neighbors and first layout, made by umap-js. */

import { UMAP, type UMAPParameters } from "umap-js";
import type { NearestNeighbors } from "./nearest_neighbors.ts";
import { reuseCurve } from "./curve.ts";
import type { LayoutStart } from "./layout.ts";

/** Private parts of umap-js that this file needs. */
interface Internals {
  makeSearchFns(): void;
  makeSearchGraph(): undefined;
  readonly optimizationState: LayoutStart;
}

/**
 * Lets umap-js make everything that its layout starts from, except what it
 * needs only to add more samples later.
 *
 * @param found Every sample's nearest neighbors.
 * @param parameters As umap-js takes them; draws from `random`.
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
  // With the neighbors given, umap-js uses only the number of samples.
  umap.initializeFit(found.indices.map(() => []));
  return internals.optimizationState;
}
