/** The exact nearest neighbors of every sample among all samples. */

import { squaredDistances } from "../squared_distances.ts";

/** Each sample's neighbors, itself first and the nearest next. */
export interface NearestNeighbors {
  /** `indices[i]`: the neighbors of sample i. */
  readonly indices: number[][];
  /** `distances[i]`: their distances (Euclidean); the first is 0. */
  readonly distances: number[][];
}

/** The nearest samples except `own`, by distance and then by order. */
function nearestOthers(
  squares: Float64Array,
  own: number,
  wanted: number,
): number[] {
  const nearest: number[] = [];
  for (let other = 0; other < squares.length; other++) {
    if (other === own) continue;
    const square = squares[other];
    let position = nearest.length;
    if (position === wanted) {
      if (position === 0 || square >= squares[nearest[position - 1]]) continue;
      nearest.pop();
      position--;
    }
    while (position > 0 && square < squares[nearest[position - 1]]) position--;
    nearest.splice(position, 0, other);
  }
  return nearest;
}

/**
 * Finds every sample's nearest neighbors (Euclidean) from all distances. A
 * sample is its own first neighbor, as UMAP counts; between neighbors at the
 * same distance the earlier sample comes first.
 *
 * @param rows Samples x dimensions, row-major, all finite.
 * @param neighbors Neighbors to find, including the sample itself; at most
 * as many as there are samples.
 * @throws {RangeError} If a number is not finite.
 */
export function nearestNeighbors(
  rows: Float32Array,
  dimensions: number,
  neighbors: number,
): NearestNeighbors {
  const squares = squaredDistances(rows, rows, dimensions);
  const count = rows.length / dimensions;
  const indices: number[][] = [];
  const distances: number[][] = [];
  for (let sample = 0; sample < count; sample++) {
    const row = squares.subarray(sample * count, (sample + 1) * count);
    const nearest = [sample, ...nearestOthers(row, sample, neighbors - 1)];
    indices.push(nearest);
    distances.push(nearest.map((index) => Math.sqrt(row[index])));
  }
  return { indices, distances };
}
