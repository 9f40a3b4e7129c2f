/** UMAP's graph of neighbors and first layout, made by umap-js. */

import { UMAP, type UMAPParameters } from "umap-js";
import type { NearestNeighbors } from "./nearest_neighbors.ts";
import type { LayoutStart } from "./layout.ts";

/** Private parts of umap-js that this file needs. */
interface Internals {
  readonly spread: number;
  readonly minDist: number;
  readonly embedding: number[][];
  readonly optimizationState: LayoutStart;
  getNEpochs(): number;
  initializeOptimization(): void;
  makeSearchFns(): void;
  makeSearchGraph(): undefined;
}

/** The curves that were fitted, by spread and minimum distance. */
const curves = new Map<string, Pick<LayoutStart, "a" | "b">>();

/**
 * Lets umap-js make everything that its layout starts from, except what it
 * needs only to add more samples later.
 *
 * umap-js fits its curve to the same 300 points for every layout, which takes
 * about 100 ms; a layout of 48 samples takes a third of that. Here the curve is
 * fitted once, so that the layouts are the same to the last bit.
 *
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
  const start = internals.optimizationState;
  const key = `${internals.spread}/${internals.minDist}`;
  const curve = curves.get(key);
  if (curve !== undefined) {
    internals.initializeOptimization = () =>
      Object.assign(start, {
        headEmbedding: internals.embedding,
        tailEmbedding: internals.embedding,
        ...curve,
        nEpochs: internals.getNEpochs(),
      });
  }
  umap.setPrecomputedKNN(found.indices, found.distances);
  // With the neighbors given, umap-js uses only the number of samples.
  umap.initializeFit(found.indices.map(() => []));
  curves.set(key, { a: start.a, b: start.b });
  return start;
}
