/** UMAP: samples laid out in two dimensions, near ones near each other. */

import { RunError } from "../../cli/errors.ts";
import { RandomStream } from "../../random.ts";
import { squaredDistances } from "../squared_distances.ts";
import { nearestNeighbors } from "./nearest_neighbors.ts";
import { principalCoordinates } from "../pca/classical_mds.ts";
import { layOut } from "./layout.ts";
import { startLayout } from "./start.ts";

/** Below this many samples a graph of neighbors means nothing. */
export const FEWEST_FOR_UMAP = 5;

/** How to lay samples out. */
export interface UmapOptions {
  /** Neighbors a sample, itself among them; 15 by default. */
  readonly neighbors?: number;
  /** How near two points may come; 0.1 by default. */
  readonly minDist?: number;
  /** The scale of the layout; 1 by default. */
  readonly spread?: number;
  /** Rounds of the layout; without it umap-js's choice: 500 to 2,500 samples. */
  readonly epochs?: number;
  /** Seed of the stream of all random choices. */
  readonly seed: number;
}

/**
 * The neighbors that so many samples allow: UMAP needs more samples than
 * neighbors.
 */
export function neighborsFor(count: number, wanted: number): number {
  return Math.max(1, Math.min(wanted, count - 1));
}

/**
 * Embeds samples in two dimensions by UMAP (McInnes, Healy and Melville 2018)
 * as umap-js does it, but from exact nearest neighbors: umap-js would find
 * most of them by chance. All random choices come from `seed`.
 *
 * Where there are fewer samples than neighbors, the neighbors shrink to one
 * less than the samples. Fewer than five samples are laid out by principal
 * coordinates instead, in which nothing is random.
 *
 * @param rows Samples x dimensions, row-major, all finite.
 * @param count Samples, at least 1.
 * @param dimensions Genes a sample, at least 1.
 * @returns Samples x 2, row-major.
 * @throws {RangeError} If a shape does not fit, a number is not finite, or
 * fewer than two neighbors are asked for.
 * @throws {RunError} If the layout is not finite.
 */
export function embedUmap(
  rows: Float32Array,
  count: number,
  dimensions: number,
  options: UmapOptions,
): Float64Array<ArrayBuffer> {
  const { neighbors = 15, minDist = 0.1, spread = 1, epochs, seed } = options;
  if (count < 1 || rows.length !== count * dimensions) {
    throw new RangeError(
      `Cannot embed: ${rows.length} numbers are not ${count} samples of ${dimensions}`,
    );
  }
  if (count < FEWEST_FOR_UMAP) {
    const squares = squaredDistances(rows, rows, dimensions);
    return principalCoordinates(squares, count, 2);
  }
  if (!Number.isInteger(neighbors) || neighbors < 2) {
    throw new RangeError(
      `Cannot embed: neighbors must be a whole number >= 2, not ${neighbors}`,
    );
  }
  const nNeighbors = neighborsFor(count, neighbors);
  const found = nearestNeighbors(rows, dimensions, nNeighbors);
  const random = new RandomStream(seed).uniform;
  const start = startLayout(found, {
    nNeighbors,
    minDist,
    spread,
    nEpochs: epochs,
    random,
  });
  const layout = layOut(start, random);
  if (!layout.every(Number.isFinite)) {
    throw new RunError(
      `Cannot embed: the UMAP of ${count} samples in ${dimensions} dimensions holds values that are not finite`,
    );
  }
  return layout;
}
