/** UMAP: a layout of samples in two dimensions that keeps neighbors. */

import { RunError } from "../../cli/errors.ts";
import { RandomStream } from "../../random.ts";
import { distinctRows, firstEqualRows } from "../equal_rows.ts";
import { squaredDistances } from "../squared_distances.ts";
import { nearestNeighbors } from "./nearest_neighbors.ts";
import { classicalMds } from "../pca/classical_mds.ts";
import { fitCurve } from "./curve.ts";
import { neighborGraph } from "./graph.ts";
import { layOut } from "./layout.ts";
import { FEWEST_FOR_UMAP, neighborsFor } from "./sample_counts.ts";

/** The start positions lie within this distance of 0 along each axis. */
const START_RANGE = 10;

/** Epochs of the layout of so many samples, as umap-js has them. */
export function epochsFor(count: number): number {
  return count <= 2500 ? 500 : count <= 5000 ? 400 : count <= 7500 ? 300 : 200;
}

export interface UmapOptions {
  /** Per sample, itself included, at least 2. */
  readonly neighbors: number;
  /** How near two points may come. */
  readonly minDist: number;
  /** One a layout, at least one. */
  readonly seeds: readonly number[];
  /** Epochs of a layout, at least 1; `epochsFor` says by default. */
  readonly epochs?: number;
}

/** One layout: see `embedUmaps`. */
export function embedUmap(
  rows: Float32Array,
  count: number,
  dimensions: number,
  { seed, ...options }: Omit<UmapOptions, "seeds"> & { readonly seed: number },
): Float64Array<ArrayBuffer> {
  return embedUmaps(rows, count, dimensions, { ...options, seeds: [seed] })[0];
}

/**
 * Embeds samples in two dimensions by UMAP (McInnes, Healy and Melville 2018)
 * as umap-js does, but from exact nearest neighbors: umap-js uses approximate
 * ones. All random choices of a layout come from its seed: it is the same
 * whatever other layouts are made with it, which takes less time than one by
 * one.
 *
 * Samples with the same numbers are embedded once and share their place, as
 * in umap-learn with `unique`. Without it UMAP pushes them apart, until k-means
 * finds them in different clusters.
 *
 * Where different samples are no more than neighbors, one neighbor less than
 * samples is used. Fewer than five are laid out by classical MDS instead, in
 * which nothing is random.
 *
 * @param rows Samples x dimensions, at least 1 x 1, row-major, all finite.
 * @returns Each layout: samples x 2, row-major.
 * @throws {RangeError} If a number is not finite.
 * @throws {RunError} If a layout is not finite.
 */
export function embedUmaps(
  rows: Float32Array,
  count: number,
  dimensions: number,
  options: UmapOptions,
): Float64Array<ArrayBuffer>[] {
  const firsts = firstEqualRows(rows, dimensions);
  const distinct = distinctRows(firsts);
  if (distinct.length === count) {
    return embedDistinct(rows, count, dimensions, options);
  }
  const kept = new Float32Array(distinct.length * dimensions);
  distinct.forEach((row, index) =>
    kept.set(
      rows.subarray(row * dimensions, (row + 1) * dimensions),
      index * dimensions,
    )
  );
  const layouts = embedDistinct(kept, distinct.length, dimensions, options);
  const placeOf = new Map(distinct.map((row, index) => [row, index]));
  return layouts.map((layout) => {
    const places = new Float64Array(2 * count);
    firsts.forEach((first, row) => {
      const place = 2 * placeOf.get(first)!;
      places.set(layout.subarray(place, place + 2), 2 * row);
    });
    return places;
  });
}

/** The same for samples that all differ. */
function embedDistinct(
  rows: Float32Array,
  count: number,
  dimensions: number,
  { neighbors, minDist, seeds, epochs = epochsFor(count) }: UmapOptions,
): Float64Array<ArrayBuffer>[] {
  if (count < FEWEST_FOR_UMAP) {
    const squares = squaredDistances(rows, rows, dimensions);
    const layout = classicalMds(squares, count, 2);
    return seeds.map(() => layout.slice());
  }
  const nNeighbors = neighborsFor(count, neighbors);
  const found = nearestNeighbors(rows, dimensions, nNeighbors);
  const graph = neighborGraph(found, epochs);
  const starts = seeds.map((seed) => {
    const random = new RandomStream(seed);
    const positions = Float64Array.from(
      { length: 2 * count },
      () => random.uniform() * 2 * START_RANGE - START_RANGE,
    );
    return { positions, random };
  });
  const layouts = layOut(starts, graph, fitCurve(minDist), epochs);
  if (!layouts.every((layout) => layout.every(Number.isFinite))) {
    throw new RunError(
      `Cannot embed: the UMAP of ${count} samples in ${dimensions} dimensions holds values that are not finite`,
    );
  }
  return layouts;
}
