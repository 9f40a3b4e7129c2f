/** UMAP's curve of membership by distance in the layout, fitted by umap-js. */

import { UMAP } from "umap-js";
import type { Curve } from "./force_tables.ts";

/** Private parts of umap-js that this file needs. */
interface Internals {
  readonly optimizationState: Curve;
}

/** The curves that were fitted, by minimum distance. */
const curves = new Map<number, Curve>();

/**
 * Lets umap-js fit its curve to the wanted memberships: 1 up to the minimum
 * distance and then a fall by the exponential function, with a spread of 1.
 *
 * The curve depends on no data and takes about 100 ms, a third of a layout of
 * 48 samples. So it is fitted once a thread.
 *
 * @param minDist How near two points may come.
 */
export function fitCurve(minDist: number): Curve {
  const known = curves.get(minDist);
  if (known !== undefined) return known;
  const umap = new UMAP({ nNeighbors: 2, minDist, random: () => 0.5 });
  // It fits the curve while it prepares a layout: here of three samples.
  umap.setPrecomputedKNN([[0, 1], [1, 0], [2, 1]], [[0, 1], [0, 1], [0, 1]]);
  umap.initializeFit([[], [], []]);
  const { a, b } = (umap as unknown as Internals).optimizationState;
  curves.set(minDist, { a, b });
  return { a, b };
}
