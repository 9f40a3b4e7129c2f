/** The exact nearest neighbours of every sample among all samples. */

import { squaredDistances } from "../statistics/squared_distances.ts";

/** Each sample's neighbours, itself first and the nearest next. */
export interface NearestNeighbours {
  /** `indices[i]`: the neighbours of sample i. */
  readonly indices: number[][];
  /** `distances[i]`: how far they are (Euclidean); the first is 0. */
  readonly distances: number[][];
}

/** The nearest of all but one, by distance and then by order. */
function nearestOthers(
  squares: Float64Array,
  own: number,
  wanted: number,
): number[] {
  const nearest: number[] = [];
  for (let other = 0; other < squares.length; other++) {
    if (other === own) continue;
    const square = squares[other];
    let place = nearest.length;
    if (place === wanted) {
      if (place === 0 || square >= squares[nearest[place - 1]]) continue;
      nearest.pop();
      place--;
    }
    while (place > 0 && square < squares[nearest[place - 1]]) place--;
    nearest.splice(place, 0, other);
  }
  return nearest;
}

/**
 * Finds every sample's nearest neighbours (Euclidean) by measuring all
 * distances. A sample is its own first neighbour, as UMAP counts; between
 * neighbours that are equally far, the earlier sample comes first.
 *
 * @param rows Samples x dimensions, row-major, all finite.
 * @param dimensions Numbers a sample.
 * @param neighbours Neighbours to find, the sample itself among them; at most
 * as many as there are samples.
 * @throws {RangeError} If the shapes do not fit or a number is not finite.
 *
 * @example
 * ```ts
 * import { nearestNeighbours } from "./nearest_neighbours.ts";
 * const rows = Float32Array.of(0, 1, 5);
 * const { indices, distances } = nearestNeighbours(rows, 1, 2);
 * console.assert(String(indices[2]) === "2,1");
 * console.assert(String(distances[2]) === "0,4");
 * ```
 */
export function nearestNeighbours(
  rows: Float32Array,
  dimensions: number,
  neighbours: number,
): NearestNeighbours {
  const squares = squaredDistances(rows, rows, dimensions);
  const count = rows.length / dimensions;
  if (!(neighbours >= 1 && neighbours <= count)) {
    throw new RangeError(
      `Cannot find neighbours: ${neighbours} of ${count} samples were asked for`,
    );
  }
  const indices: number[][] = [];
  const distances: number[][] = [];
  for (let sample = 0; sample < count; sample++) {
    const row = squares.subarray(sample * count, (sample + 1) * count);
    const nearest = [sample, ...nearestOthers(row, sample, neighbours - 1)];
    indices.push(nearest);
    distances.push(nearest.map((index) => Math.sqrt(row[index])));
  }
  return { indices, distances };
}
