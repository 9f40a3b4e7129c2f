/** The exact nearest neighbors of every sample among all samples. */

import { squaredDistances } from "../squared_distances.ts";

/** Each sample's neighbors, itself first and the nearest next. */
export interface NearestNeighbors {
  readonly samples: number;
  /** Neighbors of a sample, itself included. */
  readonly neighbors: number;
  /** Samples x neighbors, row-major: which samples they are. */
  readonly indices: Int32Array<ArrayBuffer>;
  /** Likewise: their distances (Euclidean), ascending; the first is 0. */
  readonly distances: Float64Array<ArrayBuffer>;
}

/** Finds the nearest samples except `own`, by distance and then by order. */
function findNearestOthers(
  squares: Float64Array,
  own: number,
  indices: Int32Array,
  nearest: Float64Array,
): void {
  const wanted = indices.length;
  let count = 0;
  for (let other = 0; other < squares.length; other++) {
    if (other === own) continue;
    const square = squares[other];
    let position = count;
    if (count < wanted) count++;
    else {
      if (wanted === 0 || square >= nearest[wanted - 1]) continue;
      position--;
    }
    for (; position > 0 && square < nearest[position - 1]; position--) {
      indices[position] = indices[position - 1];
      nearest[position] = nearest[position - 1];
    }
    indices[position] = other;
    nearest[position] = square;
  }
}

/**
 * Finds every sample's nearest neighbors (Euclidean) from all distances. A
 * sample is its own first neighbor, as UMAP counts; between neighbors at the
 * same distance the earlier sample comes first.
 *
 * @param rows Samples x dimensions, row-major, all finite.
 * @param neighbors Neighbors to find, including the sample itself: at least 1
 * and at most as many as there are samples.
 * @throws {RangeError} If a number is not finite.
 */
export function nearestNeighbors(
  rows: Float32Array,
  dimensions: number,
  neighbors: number,
): NearestNeighbors {
  const squares = squaredDistances(rows, rows, dimensions);
  const samples = rows.length / dimensions;
  const indices = new Int32Array(samples * neighbors);
  const distances = new Float64Array(samples * neighbors);
  for (let sample = 0; sample < samples; sample++) {
    const first = sample * neighbors;
    indices[first] = sample;
    findNearestOthers(
      squares.subarray(sample * samples, (sample + 1) * samples),
      sample,
      indices.subarray(first + 1, first + neighbors),
      distances.subarray(first + 1, first + neighbors),
    );
  }
  for (let index = 0; index < distances.length; index++) {
    distances[index] = Math.sqrt(distances[index]);
  }
  return { samples, neighbors, indices, distances };
}
